package dev.fovea.vision;

import java.util.Arrays;
import java.util.List;

/** Triangles that cover the face, its eyes and mouth left open; for drawing ({@code training/canonical-face}). */
final class FaceWires {
    /** Three points each, anticlockwise seen from outside. */
    static final List<int[]> TRIANGLES = Table.read("face-wires.txt").stream()
            .map(row -> Arrays.stream(row).mapToInt(v -> (int) v).toArray())
            .toList();

    private FaceWires() {}
}
