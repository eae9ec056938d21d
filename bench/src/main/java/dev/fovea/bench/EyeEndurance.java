package dev.fovea.bench;

import dev.fovea.image.Frame;
import dev.fovea.vision.Eye;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether seeing leaks: resident memory before and after many looks at one frame.
 *
 * @param looks how many
 * @param before resident memory after a tenth of them as warm-up, in MiB
 * @param after at the end
 */
record EyeEndurance(int looks, double before, double after) {
    static EyeEndurance of(Frame frame, Eye eye, int looks) {
        int faces = look(frame, eye, Math.max(200, looks / 10));
        double before = resident();
        faces += look(frame, eye, looks);
        if (faces < looks) {
            throw new IllegalStateException("the face was seen in only " + faces + " looks");
        }
        return new EyeEndurance(looks, before, resident());
    }

    /** By how many percent memory grew. */
    double growth() {
        return 100 * (after - before) / before;
    }

    private static int look(Frame frame, Eye eye, int times) {
        int faces = 0;
        for (int i = 0; i < times; i++) {
            faces += eye.look(frame).faces().size();
        }
        return faces;
    }

    private static double resident() {
        System.gc();
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(l -> l.startsWith("VmRSS"))
                    .mapToDouble(l -> Double.parseDouble(l.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
