package dev.fovea.image.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TileFftTest {
    private static final int N = TileFft.N;

    @Test
    void forwardIsTheDefinition() {
        float[] tiles = noise(1);
        float[] re = new float[TileFft.SPECTRUM];
        float[] im = new float[TileFft.SPECTRUM];
        new TileFft(false).forward(tiles, re, im);
        for (int v = 0; v < N; v++) {
            for (int u = 0; u < TileFft.BINS; u++) {
                for (int l = 0; l < TileFft.LANES; l += 3) {
                    double a = 0;
                    double b = 0;
                    for (int i = 0; i < N * N; i++) {
                        double phase = -2 * Math.PI * (u * (i % N) + v * (i / N)) / N;
                        a += tiles[i * TileFft.LANES + l] * Math.cos(phase);
                        b += tiles[i * TileFft.LANES + l] * Math.sin(phase);
                    }
                    int o = (v * TileFft.BINS + u) * TileFft.LANES + l;
                    assertThat((double) re[o]).isCloseTo(a, org.assertj.core.data.Offset.offset(1e-4));
                    assertThat((double) im[o]).isCloseTo(b, org.assertj.core.data.Offset.offset(1e-4));
                }
            }
        }
    }

    @Test
    void inverseGivesTheTilesBack() {
        float[] tiles = noise(2);
        float[] re = new float[TileFft.SPECTRUM];
        float[] im = new float[TileFft.SPECTRUM];
        float[] back = new float[TileFft.TILE];
        var fft = new TileFft();
        fft.forward(tiles, re, im);
        fft.inverse(re, im, back);
        assertThat(back).containsExactly(tiles, org.assertj.core.data.Offset.offset(2e-6f));
    }

    @Test
    void lanesEqualScalarToTheBit() {
        org.junit.jupiter.api.Assumptions.assumeTrue(Simd.ON);
        float[] tiles = noise(3);
        float[][] scalar = {new float[TileFft.SPECTRUM], new float[TileFft.SPECTRUM], new float[TileFft.TILE]};
        float[][] lanes = {new float[TileFft.SPECTRUM], new float[TileFft.SPECTRUM], new float[TileFft.TILE]};
        for (var way : java.util.Map.of(false, scalar, Simd.ON, lanes).entrySet()) {
            var fft = new TileFft(way.getKey());
            float[][] out = way.getValue();
            fft.forward(tiles, out[0], out[1]);
            fft.inverse(out[0].clone(), out[1].clone(), out[2]);
        }
        if (Simd.ON) {
            assertThat(lanes[0]).isEqualTo(scalar[0]);
            assertThat(lanes[1]).isEqualTo(scalar[1]);
            assertThat(lanes[2]).isEqualTo(scalar[2]);
        }
    }

    private static float[] noise(long seed) {
        var random = new Random(seed);
        float[] t = new float[TileFft.TILE];
        for (int i = 0; i < t.length; i++) {
            t[i] = (float) random.nextGaussian();
        }
        return t;
    }
}
