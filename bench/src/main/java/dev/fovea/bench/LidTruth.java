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
 * A rendered head with its lids in one of several places, as {@code training/eye-state/draw_eyes.py --export} writes it.
 *
 * @param file its picture
 * @param head which head; the same in all its pictures
 * @param left how far the eye on the picture's left is open: the gap between the lids over that at rest
 * @param right the other
 */
record LidTruth(String file, int head, double left, double right) {
    static List<LidTruth> read(Path file) {
        try {
            return JSON.std.listFrom(Files.readAllBytes(file)).stream()
                    .map(row -> of((Map<?, ?>) row))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LidTruth of(Map<?, ?> row) {
        var open = (List<?>) Objects.requireNonNull(row.get("open"), "open");
        return new LidTruth(
                Objects.requireNonNull(row.get("file"), "file").toString(),
                ((Number) Objects.requireNonNull(row.get("head"), "head")).intValue(),
                ((Number) open.get(0)).doubleValue(),
                ((Number) open.get(1)).doubleValue());
    }
}
