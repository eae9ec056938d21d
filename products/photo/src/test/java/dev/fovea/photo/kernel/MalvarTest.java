package dev.fovea.photo.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.image.Cfa;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class MalvarTest {
    private static final int HEIGHT = 9;
    /** The paper's filters, in sixteenths: green at red or blue; a colour at a green that has it beside; at a green that has it above;
     * red at blue or blue at red. */
    private static final int[][] GREEN = {
        {0, 0, -2, 0, 0}, {0, 0, 4, 0, 0}, {-2, 4, 8, 4, -2}, {0, 0, 4, 0, 0}, {0, 0, -2, 0, 0}
    };

    private static final int[][] BESIDE = {
        {0, 0, 1, 0, 0}, {0, -2, 0, -2, 0}, {-2, 8, 10, 8, -2}, {0, -2, 0, -2, 0}, {0, 0, 1, 0, 0}
    };
    private static final int[][] ABOVE = {
        {0, 0, -2, 0, 0}, {0, -2, 8, -2, 0}, {1, 0, 10, 0, 1}, {0, -2, 8, -2, 0}, {0, 0, -2, 0, 0}
    };
    private static final int[][] ACROSS = {
        {0, 0, -3, 0, 0}, {0, 4, 0, 4, 0}, {-3, 0, 12, 0, -3}, {0, 4, 0, 4, 0}, {0, 0, -3, 0, 0}
    };
    private static final int[][] OWN = {
        {0, 0, 0, 0, 0}, {0, 0, 0, 0, 0}, {0, 0, 16, 0, 0}, {0, 0, 0, 0, 0}, {0, 0, 0, 0, 0}
    };

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void everyPhaseIsThePapersFilters(Cfa cfa) {
        for (int width : new int[] {1, 2, 3, 7, 8, 9, 13, 32, 33}) {
            float[] in = Values.noise((width + 4) * HEIGHT, width);
            for (int y = 2; y < HEIGHT - 2; y++) {
                float[][] out = row(in, width, y, cfa);
                for (int x = 0; x < width; x++) {
                    for (int c = 0; c < 3; c++) {
                        double wanted = filtered(in, width + 4, x, y, filter(cfa, x, y, c));
                        assertThat((double) out[c][5 + x])
                                .as("%s, colour %d at (%d, %d) of %d", cfa, c, x, y, width)
                                .isCloseTo(wanted, within(4e-6));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void greyRampsComeOutAsTheyAre(Cfa cfa) {
        float[] in = new float[24 * HEIGHT];
        for (int i = 0; i < in.length; i++) {
            in[i] = 3 * (i % 24) - 5 * (i / 24);
        }
        float[][] out = row(in, 20, 4, cfa);
        for (int x = 0; x < 20; x++) {
            for (int c = 0; c < 3; c++) {
                assertThat(out[c][5 + x]).isEqualTo(3 * (x + 2) - 20);
            }
        }
    }

    private static float[][] row(float[] in, int width, int y, Cfa cfa) {
        float[][] rows = new float[5][];
        for (int k = 0; k < 5; k++) {
            rows[k] = java.util.Arrays.copyOfRange(in, (y - 2 + k) * (width + 4), (y - 1 + k) * (width + 4));
        }
        float[][] out = new float[3][width + 5];
        Malvar.row(rows[0], rows[1], rows[2], rows[3], rows[4], cfa.colourAt(0, y), cfa.colourAt(1, y), width, out, 5);
        return out;
    }

    private static int[][] filter(Cfa cfa, int x, int y, int wanted) {
        int here = cfa.colourAt(x, y);
        if (here == wanted) {
            return OWN;
        }
        if (here != 1) {
            return wanted == 1 ? GREEN : ACROSS;
        }
        return cfa.colourAt(x + 1, y) == wanted ? BESIDE : ABOVE;
    }

    private static double filtered(float[] in, int stride, int x, int y, int[][] filter) {
        double sum = 0;
        for (int k = 0; k < 25; k++) {
            sum += filter[k / 5][k % 5] / 16.0 * in[(y - 2 + k / 5) * stride + x + k % 5];
        }
        return sum;
    }
}
