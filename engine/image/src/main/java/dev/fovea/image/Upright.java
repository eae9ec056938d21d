package dev.fovea.image;

import dev.fovea.Work;

/** Turns stored pictures the way EXIF 2.32 (4.6.4, Orientation) says they are meant to be seen. */
final class Upright {
    private static final int BAND = 64;

    private Upright() {}

    /**
     * The picture upright.
     *
     * @param orientation 1..8: 1 as stored, 2 mirrored, 3 half a turn, 4 upside down mirrored, 5 transposed, 6 needs a quarter turn
     *     clockwise, 7 transposed across the other diagonal, 8 needs a quarter turn counter-clockwise
     */
    static Image turned(Image image, int orientation) {
        if (orientation <= 1 || orientation > 8) {
            return image;
        }
        int w = image.width(), h = image.height();
        boolean swapped = orientation >= 5;
        var planes = new float[image.colour().planes()][];
        for (int c = 0; c < planes.length; c++) {
            planes[c] = turned(image.plane(c), w, h, orientation);
        }
        return Image.of(swapped ? h : w, swapped ? w : h, image.colour(), planes);
    }

    /** Row y, column x of the result lies at start + y · down + x · right in the stored plane. */
    private static float[] turned(float[] from, int w, int h, int orientation) {
        int right = switch (orientation) {
            case 2, 3 -> -1;
            case 5, 8 -> w;
            case 6, 7 -> -w;
            default -> 1;
        };
        int down = switch (orientation) {
            case 3, 4 -> -w;
            case 5, 6 -> 1;
            case 7, 8 -> -1;
            default -> w;
        };
        int width = orientation >= 5 ? h : w, height = orientation >= 5 ? w : h;
        int start = (right < 0 ? -right * (width - 1) : 0) + (down < 0 ? -down * (height - 1) : 0);
        var to = new float[from.length];
        Work.rows(height, BAND, (top, bottom) -> {
            for (int y = top; y < bottom; y++) {
                for (int x = 0, i = start + y * down, o = y * width; x < width; x++, i += right) {
                    to[o + x] = from[i];
                }
            }
        });
        return to;
    }
}
