package dev.fovea.space.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.image.kernel.Simd;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector twins give the very bits of their scalar definitions. */
class LanesTest {
    private static final int[] RANGES = {64, 128, 192};

    private final SplittableRandom random = new SplittableRandom(5);

    @BeforeEach
    void lanes() {
        assumeTrue(Simd.ON);
    }

    private short[] shorts(int n, int from, int to) {
        var values = new short[n];
        for (int i = 0; i < n; i++) {
            values[i] = (short) random.nextInt(from, to);
        }
        return values;
    }

    private byte[] costs(int n) {
        var values = new byte[n];
        for (int i = 0; i < n; i++) {
            values[i] = (byte) random.nextInt(MatchCost.MOST + 1);
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 13, 31, 32, 33, 100, 207, 1023})
    void ofTheCensus(int n) {
        int pitch = n + 2 * Census.ACROSS;
        short[] plane = shorts(pitch * 7, 0, 256);
        int[] neighbours = Census.neighbours(pitch);
        int at = 3 * pitch + Census.ACROSS;
        for (int k = 0; k < Census.WORDS; k++) {
            int first = 16 * k, last = Math.min(first + 16, neighbours.length);
            var scalar = new short[n];
            var vector = new short[n];
            Census.word(plane, at, neighbours, first, last, scalar, 0, 0, n);
            int done = Census.Lanes.word(plane, at, neighbours, first, last, vector, 0, n);
            Census.word(plane, at, neighbours, first, last, vector, 0, done, n);
            assertThat(vector).isEqualTo(scalar);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 128, 192})
    void ofTheCost(int range) {
        var left = new short[MatchCost.PLANES][];
        var right = new short[MatchCost.PLANES][];
        for (int k = 0; k < MatchCost.PLANES; k++) {
            boolean word = k < Census.WORDS;
            left[k] = shorts(40, word ? -32768 : 0, word ? 32768 : 256);
            right[k] = shorts(40 + range, word ? -32768 : 0, word ? 32768 : 256);
        }
        for (int p = 0; p < 40; p++) {
            var scalar = new byte[range];
            var vector = new byte[range];
            MatchCost.pixel(left, p, right, 39 - p, range, scalar, 0);
            MatchCost.Lanes.pixel(left, p, right, 39 - p, range, vector, 0);
            assertThat(vector).isEqualTo(scalar);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofThePaths(boolean forwards) {
        for (int range : RANGES) {
            int n = 23, rows = 4, pitch = n + 2;
            byte[] cost = costs(n * range * rows);
            short[] light = shorts(pitch * (rows + 1), 0, 256);
            short[] before = forwards ? new short[0] : shorts(n * range * rows, 0, 700);
            var scalar = new short[n * range * rows];
            var vector = new short[n * range * rows];
            var one = new Paths(n, range, forwards);
            var other = new Paths(n, range, forwards);
            for (int y = 0; y < rows; y++) {
                int at = y * n * range, l = (y + 1) * pitch + 1;
                one.row(cost, at, light, l, l - pitch, before, at, scalar, at, false);
                other.row(cost, at, light, l, l - pitch, before, at, vector, at, true);
            }
            assertThat(vector).isEqualTo(scalar);
        }
    }

    /** A path's cost is at most that of a pixel and a jump, so that bytes hold it: at the ends of what may come, sums are exact. */
    @Test
    void theHighestCostsFitIntoBytes() {
        int n = 9, range = MatchCost.LANES, pitch = n + 2;
        var cost = new byte[n * range];
        Arrays.fill(cost, (byte) MatchCost.MOST);
        cost[4 * range + 7] = 0;
        var light = new short[2 * pitch];
        var sum = new short[n * range];
        var paths = new Paths(n, range, true);
        paths.row(cost, 0, light, pitch + 1, 1, new short[0], 0, sum, 0);
        // four paths less 128 each; beyond the picture costs are nothing, so the first row's are the pixels' own
        assertThat(sum[0]).isEqualTo((short) (4 * MatchCost.MOST - 4 * 128));
        // the pixel before had one much better disparity, from which a jump to another one is dearer than staying
        assertThat(sum[5 * range + 40] + 4 * 128).isEqualTo(4 * MatchCost.MOST + MatchCost.MOST);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 128, 192})
    void ofTheWinner(int range) {
        int n = 37;
        // few values, so that many are equal
        short[] sum = shorts(n * range, 0, 40);
        var least = new short[2][n + range];
        var right = new short[2][n + range];
        for (short[] l : least) {
            Arrays.fill(l, Short.MAX_VALUE);
        }
        for (int x = 0; x < n; x++) {
            int scalar = Winner.pixel(sum, x * range, range, least[0], right[0], n - 1 - x);
            int vector = Winner.Lanes.pixel(sum, x * range, range, least[1], right[1], n - 1 - x);
            assertThat(vector).isEqualTo(scalar);
        }
        assertThat(right[1]).isEqualTo(right[0]);
        assertThat(least[1]).isEqualTo(least[0]);
    }

    /** The order of the sums is the same in both, so that they are equal to the bit. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 8, 9, 13, 31, 32, 33, 100, 207})
    void ofTheSigmaFilter(int width) {
        int height = 7;
        var values = new float[width * height];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(9) == 0 ? Float.NaN : (float) random.nextDouble(0, 4);
        }
        for (int y = 0; y < height; y++) {
            var scalar = new float[values.length];
            var vector = new float[values.length];
            int first = Math.max(0, y - 2), last = Math.min(height - 1, y + 2);
            SigmaFilter.mean(values, width, y, first, last, 1, scalar, 0, width);
            SigmaFilter.row(values, width, height, y, 1, vector);
            assertThat(vector).isEqualTo(scalar);
        }
    }
}
