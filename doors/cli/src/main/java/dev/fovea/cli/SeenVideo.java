package dev.fovea.cli;

import dev.fovea.Json;
import dev.fovea.Tracker;
import dev.fovea.Work;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.video.Rewrite;
import dev.fovea.video.Video;
import dev.fovea.video.VideoEncoding;
import dev.fovea.vision.Embeddings;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Overlay;
import dev.fovea.vision.Scene;
import dev.fovea.vision.SeenPicture;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Watches a video: tells each frame as a line of JSON, or all of it as a sentence, and draws what it sees into another video. */
final class SeenVideo {
    private final Console console;
    private final Path file;
    private final boolean json;
    private final Tracker<Frame, Scene> watch;
    private final Optional<Path> mattes;
    private final Optional<Embeddings> wanted;
    private final Set<Integer> known = new HashSet<>();
    private int frames;
    private int withFaces;

    SeenVideo(Console console, Path file, boolean json, Eye eye, Optional<Path> mattes, Optional<Embeddings> wanted) {
        this.console = console;
        this.file = file;
        this.json = json;
        this.watch = eye.watch();
        this.mattes = mattes;
        this.wanted = wanted;
    }

    /**
     * One frame, as its JSON has it.
     *
     * @param file the video
     * @param at seconds from its beginning
     * @param width pixels per row
     * @param height rows
     * @param faces largest first, their numbers those of the frames before
     */
    private record SeenFrame(String file, double at, int width, int height, List<SeenPicture.SeenFace> faces) {}

    void look(Optional<Path> output) {
        List<String> notes = output.isPresent() ? drawn(output.get()) : watched();
        notes.forEach(note -> console.err().println(note));
        if (!json) {
            console.out()
                    .println(file + ": " + frames + " frames, " + withFaces + " with faces, " + known.size()
                            + (known.size() == 1 ? " person" : " persons"));
        }
    }

    private List<String> drawn(Path output) {
        var overlay = new Overlay();
        return Rewrite.of(file, output, VideoEncoding.NORMAL, frame -> {
                    Image drawing = overlay.apply(seen(frame));
                    return Frame.of(drawing, frame.at(), frame.source());
                })
                .notes();
    }

    private List<String> watched() {
        try (Video video = Video.open(file)) {
            double whole = Math.max(1, video.duration().toMillis());
            for (Frame frame : video) {
                Work.step("watching", Math.clamp(frame.at().toMillis() / whole, 0, 1));
                seen(frame);
            }
            return video.damage().map(Throwable::getMessage).stream().toList();
        }
    }

    /** The name of a frame's matte; the first frame is number 1. */
    private String matte() {
        String name = String.valueOf(file.getFileName()).replaceFirst("[.][^.]*$", "");
        return String.format(Locale.ROOT, "%s-%06d.png", name, frames);
    }

    private Scene seen(Frame frame) {
        Scene scene = watch.next(frame);
        frames++;
        mattes.ifPresent(folder -> scene.person().write(folder.resolve(matte())));
        withFaces += scene.faces().isEmpty() ? 0 : 1;
        scene.faces().forEach(face -> known.add(face.id()));
        if (json) {
            SeenPicture picture = SeenPicture.of(file.toString(), scene, wanted);
            double at = Math.round(frame.at().toNanos() / 1e5) / 1e4;
            console.out()
                    .println(Json.of(
                            new SeenFrame(picture.file(), at, picture.width(), picture.height(), picture.faces())));
        }
        return scene;
    }
}
