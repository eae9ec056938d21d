package dev.fovea.vision;

import java.util.Arrays;

/** Lines of points that outline a feature of the face, left and right as in the picture; the numbers are those of MediaPipe's mesh. */
public enum Feature {
    /** Round the face, from the top of the forehead clockwise. */
    OVAL(
            true, 10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148,
            176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
    /** The lids of the left eye, from the outer corner below to the inner, and back above. */
    LEFT_EYE(true, 33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246),
    /** The lids of the right eye, from the outer corner below to the inner, and back above. */
    RIGHT_EYE(true, 263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466),
    /** The left brow. */
    LEFT_BROW(true, 46, 53, 52, 65, 55, 107, 66, 105, 63, 70),
    /** The right brow. */
    RIGHT_BROW(true, 276, 283, 282, 295, 285, 336, 296, 334, 293, 300),
    /** The outer edge of the lips, from the left corner below to the right one, and back above. */
    LIPS(true, 61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185),
    /** The inner edge of the lips. */
    MOUTH(true, 78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191),
    /** From between the eyes to the tip of the nose. */
    NOSE_RIDGE(false, 168, 6, 197, 195, 5, 4, 1),
    /** The lower edge of the nose. */
    NOSE_BASE(false, 98, 97, 2, 326, 327);

    private final boolean closed;
    private final int[] points;

    Feature(boolean closed, int... points) {
        this.closed = closed;
        this.points = points;
    }

    /** Whether the last point is joined with the first. */
    public boolean closed() {
        return closed;
    }

    /** The points in the order of the line. */
    public int[] points() {
        return Arrays.copyOf(points, points.length);
    }
}
