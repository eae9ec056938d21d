package dev.fovea.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A rendered head and what is true of it, as {@code training/face-mesh/render_heads.py --export} writes it; directions in degrees.
 *
 * @param file its picture
 * @param yaw of the head
 * @param pitch of the head
 * @param roll of the head
 * @param gazeYaw of the eyes, in the camera's axes
 * @param gazePitch of the eyes
 * @param shut how far the more closed eye is shut, 0..1
 */
record HeadTruth(String file, double yaw, double pitch, double roll, double gazeYaw, double gazePitch, double shut) {
    static List<HeadTruth> read(Path file) {
        try {
            return JSON.std.listFrom(Files.readAllBytes(file)).stream()
                    .map(row -> of((Map<?, ?>) row))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether both eyes can be seen well. */
    boolean looks() {
        return shut < 0.5 && Math.abs(yaw) < 40;
    }

    private static HeadTruth of(Map<?, ?> row) {
        var pose = (Map<?, ?>) part(row, "pose");
        var gaze = (Map<?, ?>) part(row, "gaze");
        double shut = ((List<?>) part(row, "blink"))
                .stream().mapToDouble(b -> ((Number) b).doubleValue()).max().orElse(0);
        return new HeadTruth(
                part(row, "file").toString(),
                number(pose, "yaw"),
                number(pose, "pitch"),
                number(pose, "roll"),
                number(gaze, "yaw"),
                number(gaze, "pitch"),
                shut);
    }

    private static double number(Map<?, ?> row, String name) {
        return ((Number) part(row, name)).doubleValue();
    }

    private static Object part(Map<?, ?> row, String name) {
        return Objects.requireNonNull(row.get(name), name);
    }
}
