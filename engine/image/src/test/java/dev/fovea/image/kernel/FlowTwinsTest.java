package dev.fovea.image.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.image.kernel.TwinsTest.AtLengths;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lanes of optical flow equal their scalar definitions, bit for bit. */
class FlowTwinsTest {
    private static final int SIDE = PatchError.SIDE;

    private static float[] values(int n, double low, double high, long seed) {
        var random = new SplittableRandom(seed);
        var row = new float[n];
        for (int i = 0; i < n; i++) {
            row[i] = random.nextInt(10) == 0 ? 0 : (float) random.nextDouble(low, high);
        }
        return row;
    }

    private static void same(float[] lanes, float[] scalar) {
        assertThat(Arrays.equals(lanes, scalar)).as("lanes equal scalar").isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void patches(long seed) {
        int pitch = 23;
        float[] from = values(pitch * 20, 0, 255, seed);
        float[] to = values(pitch * 20, 0, 255, seed + 10);
        float[] gx = values(pitch * 20, -128, 128, seed + 20);
        float[] gy = values(pitch * 20, -128, 128, seed + 30);
        var all = new float[PatchError.SUMS * SIDE];
        var single = new float[PatchError.SUMS * SIDE];
        var sums = new float[PatchError.SUMS];
        PatchError.differences(from, gx, gy, 29, to, 53, 0.3f, 0.9f, pitch, all, sums);
        for (int x = 0; x < SIDE; x++) {
            PatchError.differences(from, gx, gy, 29 + x, to, 53 + x, 0.3f, 0.9f, pitch, single, x);
        }
        same(all, single);
        double sum = 0;
        for (int x = 0; x < SIDE; x++) {
            sum += all[SIDE + x];
        }
        assertThat((double) sums[1]).isCloseTo(sum, org.assertj.core.data.Percentage.withPercentage(1e-3));
        PatchError.shape(gx, gy, 29, pitch, all, sums);
        for (int x = 0; x < SIDE; x++) {
            PatchError.shape(gx, gy, 29 + x, pitch, single, x);
        }
        same(all, single);
        for (int r = 0; r < 3; r++) {
            float[][] many = {values(20, 0, 3, seed), values(20, -9, 9, seed), values(20, -9, 9, seed)};
            float[][] one = {many[0].clone(), many[1].clone(), many[2].clone()};
            PatchError.spread(from, 29, to, 53, 0.1f, 0.7f, pitch, 3.3f, -1.7f, many[0], many[1], many[2], 5 + r);
            for (int x = 0; x < SIDE; x++) {
                PatchError.spreadOne(
                        from, 29 + x, to, 53 + x, 0.1f, 0.7f, pitch, 3.3f, -1.7f, one[0], one[1], one[2], 5 + r + x);
            }
            for (int k = 0; k < 3; k++) {
                same(many[k], one[k]);
            }
        }
    }

    @AtLengths
    void terms(int n) {
        if (n == 0) {
            return;
        }
        var c = new float[8][];
        for (int i = 0; i < c.length; i++) {
            c[i] = values(n, -200, 200, i);
        }
        var changes = new FlowTerms.Changes(c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]);
        var start = new FlowTerms.Field(values(2 * n, -30, 30, 9), values(2 * n, -30, 30, 10));
        var now = new FlowTerms.Field(values(2 * n, -30, 30, 11), values(2 * n, -30, 30, 12));
        for (int below : new int[] {0, n}) {
            var all = new FlowTerms.Row(n);
            var single = new FlowTerms.Row(n);
            FlowTerms.row(changes, start, now, 0, n, below, 20, all);
            for (int i = 0; i < n; i++) {
                FlowTerms.data(changes, start, now, i, single, i);
                single.smooth()[i] = FlowTerms.smooth(now.u(), now.v(), i, i + 1 < n ? 1 : 0, below, 20);
            }
            same(all.xx(), single.xx());
            same(all.xy(), single.xy());
            same(all.yy(), single.yy());
            same(all.bx(), single.bx());
            same(all.by(), single.by());
            same(all.smooth(), single.smooth());
        }
    }

    private static RedBlack.Cells cells(int n, long seed) {
        return new RedBlack.Cells(
                values(n, -9, 9, seed),
                values(n, -9, 9, seed + 1),
                values(n, 1, 9, seed + 2),
                values(n, -1, 1, seed + 3),
                values(n, 1, 9, seed + 4),
                values(n, -99, 99, seed + 5),
                values(n, -99, 99, seed + 6),
                values(n, 0.01, 20, seed + 7),
                values(n, 0.01, 20, seed + 8));
    }

    @AtLengths
    void relaxation(int n) {
        int row = n + 2;
        RedBlack.Cells other = cells(3 * row, 50);
        for (int shift = 0; shift < 2; shift++) {
            RedBlack.Cells all = cells(3 * row, 1);
            RedBlack.Cells single = cells(3 * row, 1);
            int at = row + 1;
            RedBlack.row(all, other, at, at - 1 + shift, at - row, at + row, n, 1.6f);
            for (int i = 0; i < n; i++) {
                RedBlack.cell(single, other, at + i, at - 1 + shift + i, at - row + i, at + row + i, 1.6f);
            }
            same(all.u(), single.u());
            same(all.v(), single.v());
        }
    }

    @AtLengths
    void checkerboards(int n) {
        float[] from = values(n + 3, -1, 1, 5);
        var even = new float[n / 2 + 3];
        var odd = new float[n / 2 + 3];
        RedBlack.split(from, 3, n, even, odd, 1);
        for (int i = 0; i < n; i++) {
            assertThat((i % 2 == 0 ? even : odd)[1 + i / 2]).isEqualTo(from[3 + i]);
        }
        var back = new float[n + 3];
        RedBlack.join(even, odd, 1, back, 3, n);
        assertThat(Arrays.equals(back, 3, n + 3, from, 3, n + 3)).isTrue();
    }
}
