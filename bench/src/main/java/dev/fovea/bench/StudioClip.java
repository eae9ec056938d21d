package dev.fovea.bench;

import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.server.StudioServer;
import dev.fovea.video.LiveJpeg;
import dev.fovea.video.Video;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a camera would see: a real film of the data, or the studio's rendered clip, as JPEGs of 640 x 480. */
final class StudioClip {
    static final int WIDTH = 640;
    static final int HEIGHT = 480;
    private static final int QUALITY = 88;
    private static final int LONGEST = 90;

    private StudioClip() {}

    static List<byte[]> frames(Path data) {
        List<Path> film = MatteBench.pictures(data.resolve("video/davis/parkour"));
        var jpegs = new ArrayList<byte[]>();
        try (var coder = new LiveJpeg(QUALITY)) {
            if (film.isEmpty()) {
                rendered(jpegs, coder);
            }
            film.stream()
                    .limit(LONGEST)
                    .forEach(file -> jpegs.add(coded(coder, Image.read(file).to(Colour.SRGB))));
        }
        return jpegs;
    }

    private static void rendered(List<byte[]> jpegs, LiveJpeg coder) {
        try (var clip = StudioServer.class.getResourceAsStream("samples/clip.mp4")) {
            if (clip == null) {
                throw new IllegalStateException("the studio has no clip");
            }
            Path file = Files.createTempFile("fovea-bench-", ".mp4");
            Files.copy(clip, file, StandardCopyOption.REPLACE_EXISTING);
            try (Video video = Video.open(file)) {
                video.forEach(frame -> jpegs.add(coded(coder, frame.image())));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] coded(LiveJpeg coder, Image image) {
        int w = Math.min(image.width(), image.height() * WIDTH / HEIGHT);
        Image middle = new Crop((image.width() - w) / 2, 0, w, image.height()).apply(image);
        return coder.encode(Frame.of(new Resize(WIDTH, HEIGHT).apply(middle), Duration.ZERO, "clip"));
    }
}
