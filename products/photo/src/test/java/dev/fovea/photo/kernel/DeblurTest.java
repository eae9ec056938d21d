package dev.fovea.photo.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.image.kernel.TileFft;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs here (lanes where they may) against the scalar definition: with extremes, bit by bit. */
class DeblurTest {
    private static final int BINS = TileFft.N * TileFft.BINS;

    @ParameterizedTest
    @ValueSource(floats = {0, 1e-20f, 1, 1e20f})
    void filterIsAsDefined(float size) {
        float[] re = random(TileFft.SPECTRUM, size, 1);
        float[] im = random(TileFft.SPECTRUM, size, 2);
        float[] gain = random(BINS, 2, 3);
        float[] noise = random(BINS, size * size, 4);
        float[] variance = random(TileFft.LANES, 1, 5);
        float[] re2 = re.clone();
        float[] im2 = im.clone();
        Deblur.filter(re, im, gain, noise, variance);
        Deblur.filterScalar(re2, im2, gain, noise, variance);
        assertThat(re).isEqualTo(re2);
        assertThat(im).isEqualTo(im2);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 1e-20f, 1, 1e20f})
    void splitAndJoinAreAsDefined(float size) {
        float[] tiles = random(TileFft.TILE, size, 6);
        float[] tiles2 = tiles.clone();
        float[] level = new float[3 * TileFft.LANES];
        float[] level2 = level.clone();
        Deblur.split(tiles, level);
        Deblur.splitScalar(tiles2, level2);
        assertThat(tiles).isEqualTo(tiles2);
        assertThat(level).isEqualTo(level2);
        Deblur.join(tiles, level);
        Deblur.joinScalar(tiles2, level2);
        assertThat(tiles).isEqualTo(tiles2);
    }

    @ParameterizedTest
    @ValueSource(floats = {0.3f, -2})
    void aLevelPlaneLosesNothingButTheWindow(float slope) {
        float[] tiles = new float[TileFft.TILE];
        for (int i = 0; i < tiles.length; i++) {
            int pixel = i / TileFft.LANES;
            tiles[i] = 5 + slope * (pixel % TileFft.N) - 0.1f * (pixel / TileFft.N);
        }
        Deblur.split(tiles, new float[3 * TileFft.LANES]);
        for (float v : tiles) {
            assertThat(v).isBetween(-1e-4f, 1e-4f);
        }
    }

    private static float[] random(int n, float size, long seed) {
        var random = new Random(seed);
        float[] v = new float[n];
        for (int i = 0; i < n; i++) {
            v[i] = size * (random.nextFloat() - 0.3f);
        }
        return v;
    }
}
