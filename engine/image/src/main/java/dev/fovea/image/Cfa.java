package dev.fovea.image;

/** The colour-filter array over a sensor: the colours of its top-left 2×2 pixels, row by row. */
public enum Cfa {
    /** Red at the top left. */
    RGGB(0, 1, 1, 2),
    /** Green at the top left, red to its right. */
    GRBG(1, 0, 2, 1),
    /** Green at the top left, blue to its right. */
    GBRG(1, 2, 0, 1),
    /** Blue at the top left. */
    BGGR(2, 1, 1, 0),
    /** No mosaic: every pixel has red, green and blue (a linear DNG). */
    NONE(0, 1, 2);

    private final int[] colours;

    Cfa(int... colours) {
        this.colours = colours;
    }

    /** The colour at a pixel of a mosaic: 0 red, 1 green, 2 blue. Not meaningful for {@link #NONE}. */
    public int colourAt(int x, int y) {
        return colours[(y & 1) * 2 + (x & 1)];
    }

    /** Whether this is a mosaic of single colours. */
    public boolean mosaic() {
        return this != NONE;
    }

    /** The array as it looks with the first {@code dx} columns and {@code dy} rows cut away. */
    public Cfa shifted(int dx, int dy) {
        if (!mosaic()) {
            return this;
        }
        for (Cfa c : values()) {
            if (c.mosaic()
                    && c.colours[0] == colourAt(dx, dy)
                    && c.colours[1] == colourAt(dx + 1, dy)
                    && c.colours[2] == colourAt(dx, dy + 1)) {
                return c;
            }
        }
        throw new IllegalStateException("no array for " + this + " shifted by " + dx + ", " + dy);
    }
}
