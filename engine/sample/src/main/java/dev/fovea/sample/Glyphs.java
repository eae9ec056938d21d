package dev.fovea.sample;

/** Capital letters of five by seven dots, so that signs need no installed font. */
final class Glyphs {
    private static final String LETTERS = "ABCDEFGHIKLMNOPRSTUVWXYZ0123456789.&'-";
    private static final String[] ROWS = {
        "01110 11110 01110 11110 11111 11111 01110 10001 01110 10001 10000 10001 10001 01110 11110 11110 01111 11111 10001 10001 10001 10001 10001 11111 01110 00100 01110 11110 00010 11111 01110 11111 01110 01110 00000 01100 00100 00000",
        "10001 10001 10001 10001 10000 10000 10001 10001 00100 10010 10000 11011 11001 10001 10001 10001 10000 00100 10001 10001 10001 10001 10001 00001 10001 01100 10001 00001 00110 10000 10000 00001 10001 10001 00000 10010 00100 00000",
        "10001 10001 10000 10001 10000 10000 10000 10001 00100 10100 10000 10101 10101 10001 10001 10001 10000 00100 10001 10001 10001 01010 01010 00010 10011 00100 00001 00001 01010 11110 11110 00010 10001 10001 00000 10100 01000 00000",
        "11111 11110 10000 10001 11110 11110 10111 11111 00100 11000 10000 10101 10011 10001 11110 11110 01110 00100 10001 10001 10101 00100 00100 00100 10101 00100 00010 01110 10010 00001 10001 00100 01110 01111 00000 01000 00000 11111",
        "10001 10001 10000 10001 10000 10000 10001 10001 00100 10100 10000 10001 10001 10001 10000 10100 00001 00100 10001 10001 10101 01010 00100 01000 11001 00100 00100 00001 11111 00001 10001 01000 10001 00001 00000 10101 00000 00000",
        "10001 10001 10001 10001 10000 10000 10001 10001 00100 10010 10000 10001 10001 10001 10000 10010 00001 00100 10001 01010 11011 10001 00100 10000 10001 00100 01000 00001 00010 10001 10001 01000 10001 00001 01100 10010 00000 00000",
        "10001 11110 01110 11110 11111 10000 01110 10001 01110 10001 11111 10001 10001 01110 10000 10001 11110 00100 01110 00100 10001 10001 00100 11111 01110 01110 11111 11110 00010 01110 01110 01000 01110 01110 01100 01101 00000 00000"
    };

    private Glyphs() {}

    /** Dots per letter, the gap included. */
    static final int PITCH = 6;

    /**
     * How much ink lies at a point of a line of text.
     *
     * @param x in dots from the left of the first letter
     * @param y in dots from the top
     * @param footprint in dots
     */
    static double ink(String text, double x, double y, double footprint) {
        double ink = 0;
        double reach = footprint / 2;
        for (int v = (int) Math.floor(y - reach); v <= y + reach; v++) {
            double down = Grain.inside(y, v, v + 1, footprint);
            for (int u = (int) Math.floor(x - reach); down > 0 && u <= x + reach; u++) {
                if (dot(text, u, v)) {
                    ink += down * Grain.inside(x, u, u + 1, footprint);
                }
            }
        }
        return ink;
    }

    private static boolean dot(String text, int u, int v) {
        if (u < 0 || v < 0 || v >= ROWS.length || u >= text.length() * PITCH || u % PITCH == PITCH - 1) {
            return false;
        }
        int letter = LETTERS.indexOf(text.charAt(u / PITCH));
        return letter >= 0 && ROWS[v].charAt(letter * PITCH + u % PITCH) == '1';
    }
}
