package dev.fovea.image;

/** The predictors of lossless JPEG (T.81, table H.1), undone for a row of differences. Sums are modulo 2^16. */
final class Prediction {
    private Prediction() {}

    /**
     * Turns the differences of a row that is not the first into samples.
     *
     * @param predictor 1..7
     * @param line differences in, samples out; components interleaved
     * @param above the samples of the row above
     * @param n how many components there are
     */
    static void undo(int predictor, int[] line, int[] above, int n) {
        for (int c = 0; c < n; c++) {
            line[c] = line[c] + above[c] & 0xFFFF;
        }
        switch (predictor) {
            case 1 -> undoLeft(line, n);
            case 2 -> {
                for (int i = n; i < line.length; i++) {
                    line[i] = line[i] + above[i] & 0xFFFF;
                }
            }
            case 3 -> {
                for (int i = n; i < line.length; i++) {
                    line[i] = line[i] + above[i - n] & 0xFFFF;
                }
            }
            case 4 -> {
                for (int i = n; i < line.length; i++) {
                    line[i] = line[i] + line[i - n] + above[i] - above[i - n] & 0xFFFF;
                }
            }
            case 5 -> {
                for (int i = n; i < line.length; i++) {
                    line[i] = line[i] + line[i - n] + (above[i] - above[i - n] >> 1) & 0xFFFF;
                }
            }
            case 6 -> {
                for (int i = n; i < line.length; i++) {
                    line[i] = line[i] + above[i] + (line[i - n] - above[i - n] >> 1) & 0xFFFF;
                }
            }
            default -> {
                for (int i = n; i < line.length; i++) {
                    line[i] = line[i] + (line[i - n] + above[i] >> 1) & 0xFFFF;
                }
            }
        }
    }

    /** Predictor 1 over a row whose first samples are known. */
    static void undoLeft(int[] line, int n) {
        for (int i = n; i < line.length; i++) {
            line[i] = line[i] + line[i - n] & 0xFFFF;
        }
    }
}
