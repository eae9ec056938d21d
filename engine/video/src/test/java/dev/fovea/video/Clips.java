package dev.fovea.video;

import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.sample.Scenes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Clips that are rendered: a window wanders over a picture. */
final class Clips {
    private Clips() {}

    static Image picture(int w, int h, long seed) {
        return Scenes.patchwork(w, h, seed).to(Colour.SRGB);
    }

    /** Frames 40 ms apart, each three pixels further right and one further down. */
    static List<Frame> frames(int w, int h, int count) {
        Image whole = picture(w + 3 * count, h + count, 3);
        var frames = new ArrayList<Frame>();
        for (int i = 0; i < count; i++) {
            frames.add(Frame.of(new Crop(3 * i, i, w, h).apply(whole), Duration.ofMillis(40L * i), "frame " + i));
        }
        return frames;
    }

    static Path write(Path file, VideoEncoding encoding, List<Frame> frames) {
        try (var writer = VideoWriter.to(file, encoding)) {
            frames.forEach(writer::write);
            writer.finish();
        }
        return file;
    }

    static List<Frame> read(Path file) {
        var frames = new ArrayList<Frame>();
        try (Video video = Video.open(file)) {
            video.forEach(frames::add);
        }
        return frames;
    }

    /** In dB, over the part that both cover. */
    static double psnr(Image a, Image b) {
        int w = Math.min(a.width(), b.width()), h = Math.min(a.height(), b.height());
        int planes = Math.min(a.colour().planes(), b.colour().planes());
        double sum = 0;
        for (int c = 0; c < planes; c++) {
            for (int y = 0; y < h; y++) {
                for (int x = 0; x < w; x++) {
                    double d = a.plane(c)[y * a.width() + x] - b.plane(c)[y * b.width() + x];
                    sum += d * d;
                }
            }
        }
        return -10 * Math.log10(Math.max(1e-12, sum / (planes * (double) w * h)));
    }

    /** A tone, 16 bits, one channel, 8 kHz. */
    static Path wave(Path file, double seconds) throws IOException {
        int n = (int) (8000 * seconds);
        var out = ByteBuffer.allocate(44 + 2 * n).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes()).putInt(36 + 2 * n).put("WAVEfmt ".getBytes()).putInt(16);
        out.putShort((short) 1)
                .putShort((short) 1)
                .putInt(8000)
                .putInt(16000)
                .putShort((short) 2)
                .putShort((short) 16);
        out.put("data".getBytes()).putInt(2 * n);
        for (int i = 0; i < n; i++) {
            out.putShort((short) (8000 * Math.sin(i * 0.3)));
        }
        return Files.write(file, out.array());
    }

    /** All bytes of a file's sound, as it is coded. */
    static byte[] sound(Path file) {
        var bytes = new java.io.ByteArrayOutputStream();
        try (Input input = Input.file(file)) {
            int stream = input.audio().index();
            while (input.read() >= 0) {
                if (input.packet().stream_index() == stream) {
                    var part = new byte[input.packet().size()];
                    input.packet().data().get(part);
                    bytes.writeBytes(part);
                }
            }
        }
        return bytes.toByteArray();
    }
}
