package dev.fovea.image;

import dev.fovea.Work;
import java.util.Arrays;
import java.util.List;

/**
 * What the samples of a DNG mean (DNG 1.4, chapter 5): LinearizationTable, BlackLevel with its repeating cell and its deltas by column
 * and row, WhiteLevel, and the gain maps of OpcodeList2. What a {@link Raw} can express is kept as it is and costs nothing; deltas and
 * gains are worked into the samples, which are widened to 16 bits for it so that little is lost to rounding.
 */
final class DngLevels {
    private final DngDirectory d;
    private final Box active;
    private final Box crop;
    private final int samples;
    private final int[] table;
    private final double[] across;
    private final double[] down;
    private final List<GainMap> maps;
    private final double[] black;
    private final double[] whites;

    /** Columns {@code x} (inclusive) to {@code x + width} and rows {@code y} to {@code y + height} of the stored picture. */
    record Box(int x, int y, int width, int height) {}

    /** The levels of a {@link Raw}. */
    record Levels(float[] black, float white) {}

    /**
     * @param active the part of the sensor that sees light: levels and deltas are counted from its corner
     * @param crop what is kept, within the active part
     */
    DngLevels(DngDirectory d, DngLayout layout, Box active, Box crop) {
        this.d = d;
        this.active = active;
        this.crop = crop;
        this.samples = layout.samples();
        this.table = table();
        this.across = deltas(50715, active.width);
        this.down = deltas(50716, active.height);
        this.maps = d.has(51009) ? GainMap.of(d.file(), d.bytes(51009)) : List.of();
        this.black = black();
        this.whites = whites(layout.bits());
    }

    /** Works into the samples what a {@link Raw} cannot express, and tells the levels of the result. */
    Levels apply(short[][] planes) {
        if (table.length > 0) {
            Work.rows(crop.height, 64, (from, to) -> {
                for (short[] p : planes) {
                    straighten(p, from * crop.width, to * crop.width);
                }
            });
        }
        double white = Arrays.stream(whites).max().orElseThrow();
        boolean plain = across.length == 0 && down.length == 0 && maps.isEmpty() && Arrays.stream(whites).min().orElseThrow() == white;
        int widening = 1;
        if (!plain) {
            widening = Math.max(1, Integer.highestOneBit((int) (65535 / white)));
            int factor = widening;
            Work.rows(crop.height, 16, (from, to) -> {
                for (int y = from; y < to; y++) {
                    level(planes, y, factor, white);
                }
            });
        }
        float[] levels = new float[black.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (float) (black[i] * widening);
        }
        return new Levels(levels, (float) (white * widening));
    }

    private void straighten(short[] p, int from, int to) {
        for (int i = from; i < to; i++) {
            p[i] = (short) table[Math.min(p[i] & 0xFFFF, table.length - 1)];
        }
    }

    /** black + (sample − black − deltas) · gain · (white − black) / (its white − black), widened. */
    private void level(short[][] planes, int y, int widening, double white) {
        float[] gains = new float[crop.width];
        for (int c = 0; c < planes.length; c++) {
            Arrays.fill(gains, 1);
            for (GainMap map : maps) {
                map.multiply(gains, c, y + crop.y - active.y, crop.x - active.x, active.width, active.height);
            }
            double rows = down.length > 0 ? down[y + crop.y - active.y] : 0;
            short[] p = planes[c];
            for (int x = 0, i = y * crop.width; x < crop.width; x++, i++) {
                double zero = black[samples == 1 ? (y & 1) * 2 + (x & 1) : c];
                double scale = samples == 1 ? 1 : (white - zero) / (whites[c] - zero);
                double columns = across.length > 0 ? across[x + crop.x - active.x] : 0;
                double light = ((p[i] & 0xFFFF) - zero - rows - columns) * gains[x] * scale;
                p[i] = (short) Math.clamp(Math.round((zero + light) * widening), 0, 65535);
            }
        }
    }

    private int[] table() {
        if (!d.has(50712)) {
            return new int[0];
        }
        int[] t = Arrays.stream(d.integers(50712)).mapToInt(v -> Math.clamp(v, 0, 65535)).toArray();
        if (t.length > 65536) {
            throw d.file().bad("has a linearization table of " + t.length + " values", "write it again with a DNG converter");
        }
        return t;
    }

    private double[] deltas(int tag, int count) {
        double[] deltas = d.count(tag) == count ? d.numbers(tag) : new double[0];
        for (double v : deltas) {
            if (!(Math.abs(v) <= 65535)) {
                throw levels();
            }
        }
        return Arrays.stream(deltas).allMatch(v -> v == 0) ? new double[0] : deltas;
    }

    /** The black of each position of the 2×2 cell at the crop's corner, or of each plane; the mean of the deltas is moved into it. */
    private double[] black() {
        long[] repeat = d.count(50713) == 2 ? d.integers(50713) : new long[] {1, 1};
        if (repeat[0] < 1 || repeat[1] < 1 || repeat[0] > 64 || repeat[1] > 64) {
            throw levels();
        }
        int rows = (int) repeat[0];
        int columns = (int) repeat[1];
        double[] cell = d.has(50714) ? d.numbers(50714) : new double[rows * columns * samples];
        if (cell.length < rows * columns * samples) {
            throw levels();
        }
        double more = centre(across) + centre(down);
        double[] black = new double[samples == 1 ? 4 : samples];
        // Over two periods each way, every position of the 2×2 cell meets every black level that it may have.
        for (int i = 0; i < 4 * rows * columns; i++) {
            int y = i / (2 * columns);
            int x = i % (2 * columns);
            for (int s = 0; s < samples; s++) {
                double v = cell[(y % rows * columns + x % columns) * samples + s];
                int phase = (y + active.y - crop.y & 1) * 2 + (x + active.x - crop.x & 1);
                black[samples == 1 ? phase : s] += v / (rows * columns * (samples == 1 ? 1 : 4));
            }
        }
        for (int i = 0; i < black.length; i++) {
            black[i] += more;
        }
        return black;
    }

    /** Takes the mean out of the deltas. */
    private static double centre(double[] deltas) {
        double mean = Arrays.stream(deltas).average().orElse(0);
        for (int i = 0; i < deltas.length; i++) {
            deltas[i] -= mean;
        }
        return mean;
    }

    private double[] whites(int bits) {
        double full = table.length > 0 ? table[table.length - 1] : (1 << bits) - 1;
        double[] whites = new double[samples];
        Arrays.fill(whites, full);
        if (d.count(50717) > 0) {
            double[] told = d.numbers(50717);
            for (int s = 0; s < samples; s++) {
                whites[s] = Math.min(told[Math.min(s, told.length - 1)], 65535);
            }
        }
        for (int i = 0; i < black.length; i++) {
            if (!(black[i] >= 0 && black[i] < whites[samples == 1 ? 0 : i])) {
                throw levels();
            }
        }
        return whites;
    }

    private dev.fovea.BadInput levels() {
        return d.file().bad("has black or white levels that make no sense", "write it again with a DNG converter");
    }
}
