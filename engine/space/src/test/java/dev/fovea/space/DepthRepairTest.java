package dev.fovea.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.BadInput;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.sample.SampleStereo;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a coarse sensor saw of a rendered scene, brought to its picture. */
class DepthRepairTest {
    private static final int W = 320;
    private static final int H = 240;
    private static final int TIMES = 8;
    private static final SampleStereo.Pair SHOT =
            SampleStereo.NORMAL.withSize(W, H).shoot();

    private static double rmse(float[] found) {
        double sum = 0;
        for (int i = 0; i < found.length; i++) {
            double d = found[i] - SHOT.leftMetres()[i];
            sum += d * d;
        }
        return Math.sqrt(sum / found.length);
    }

    @Test
    void noiseAndHolesAreRepairedAndEdgesFollowThePicture() {
        int w = W / TIMES, h = H / TIMES;
        Image truth = Image.of(W, H, Colour.LINEAR_GREY, SHOT.leftMetres());
        float[] seen = new Resize(w, h, Resize.Filter.BOX).apply(truth).plane(0).clone();
        Image plain = new Resize(W, H, Resize.Filter.TRIANGLE).apply(Image.of(w, h, Colour.LINEAR_GREY, seen));
        var random = new SplittableRandom(1);
        for (int i = 0; i < seen.length; i++) {
            seen[i] += (float) (0.02 * random.nextGaussian());
            seen[i] = random.nextInt(10) == 0 ? Float.NaN : seen[i];
        }
        DepthMap repaired = (DepthMap) new DepthRepair().apply(DepthMap.of(w, h, seen), SHOT.left());
        assertThat(repaired.width()).isEqualTo(W);
        for (float v : repaired.metres()) {
            assertThat(v).isBetween(0.3f, 5f);
        }
        assertThat(rmse(repaired.metres())).isLessThan(rmse(plain.plane(0)));
    }

    @Test
    void evenDepthStaysEven() {
        var even = new float[40 * 30];
        Arrays.fill(even, 2.5f);
        even[77] = Float.NaN;
        DepthMap repaired = (DepthMap) new DepthRepair().apply(DepthMap.of(40, 30, even), SHOT.left());
        for (float v : repaired.metres()) {
            assertThat(v).isCloseTo(2.5f, org.assertj.core.data.Offset.offset(0.001f));
        }
    }

    @Test
    void disparityGrowsWithThePicture() {
        var even = new float[40 * 30];
        Arrays.fill(even, 2);
        Disparity repaired = (Disparity) new DepthRepair().apply(Disparity.of(40, 30, even), SHOT.left());
        assertThat(repaired.at(100, 100)).isCloseTo(16, org.assertj.core.data.Offset.offset(0.01f));
    }

    @Test
    void depthOfAnotherShapeIsRefused() {
        var square = DepthMap.of(30, 30, new float[900]);
        assertThatThrownBy(() -> new DepthRepair().apply(square, SHOT.left()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("another shape");
    }
}
