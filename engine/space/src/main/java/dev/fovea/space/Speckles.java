package dev.fovea.space;

/** Small islands of disparity that hang together with nothing around them: nearly always wrong. */
final class Speckles {
    private Speckles() {}

    /**
     * Makes islands unknown.
     *
     * @param smallest pixels of an island that may stay
     * @param step the most that neighbours of one island differ
     */
    static void remove(float[] values, int width, int height, int smallest, float step) {
        var seen = new boolean[values.length];
        var island = new int[values.length];
        for (int start = 0; start < values.length; start++) {
            if (seen[start] || Float.isNaN(values[start])) {
                continue;
            }
            int count = flood(values, width, height, step, start, seen, island);
            for (int k = 0; k < count && count < smallest; k++) {
                values[island[k]] = Float.NaN;
            }
        }
    }

    private static int flood(
            float[] values, int width, int height, float step, int start, boolean[] seen, int[] island) {
        int count = 1;
        island[0] = start;
        seen[start] = true;
        for (int k = 0; k < count; k++) {
            int i = island[k], x = i % width;
            count = join(values, step, i, x > 0 ? i - 1 : -1, seen, island, count);
            count = join(values, step, i, x < width - 1 ? i + 1 : -1, seen, island, count);
            count = join(values, step, i, i - width, seen, island, count);
            count = join(values, step, i, i + width < width * height ? i + width : -1, seen, island, count);
        }
        return count;
    }

    /** An unknown neighbour differs by NaN, which is never small enough. */
    private static int join(float[] values, float step, int i, int next, boolean[] seen, int[] island, int count) {
        if (next < 0 || seen[next] || !(Math.abs(values[next] - values[i]) <= step)) {
            return count;
        }
        seen[next] = true;
        island[count] = next;
        return count + 1;
    }
}
