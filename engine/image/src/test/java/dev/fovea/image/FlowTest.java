package dev.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.Work;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowTest {
    private static final Point2 MIDDLE = new Point2(79.5, 59.5);

    /** Noise at several scales, read wherever a map says: what is drawn at q(p) flows by q(p) - p. */
    private static Image drawn(int width, int height, Mapping at) {
        var plane = new float[width * height];
        for (int i = 0; i < plane.length; i++) {
            Point2 q = at.apply(new Point2(i % width, i / width));
            plane[i] = (float) (0.5 + texture(q.x(), q.y()));
        }
        return Image.of(width, height, Colour.GREY, plane);
    }

    private static double texture(double x, double y) {
        double sum = 0;
        for (int k = 1; k <= 12; k++) {
            double angle = 2.4 * k;
            double f = 0.06 * Math.pow(1.25, k);
            sum += Math.sin(f * (x * Math.cos(angle) + y * Math.sin(angle)) + k * k) / (6 + 2 * k);
        }
        return sum / 2;
    }

    private static double error(Displacement flow, Mapping truth, int border) {
        double sum = 0;
        int n = 0;
        for (int y = border; y < flow.height() - border; y++) {
            for (int x = border; x < flow.width() - border; x++) {
                Point2 q = truth.apply(new Point2(x, y));
                int p = y * flow.width() + x;
                sum += Math.hypot(x + flow.dx()[p] - q.x(), y + flow.dy()[p] - q.y());
                n++;
            }
        }
        return sum / n;
    }

    private static void recovered(Affine2 truth) {
        Image from = drawn(160, 120, truth);
        Image to = drawn(160, 120, Affine2.IDENTITY);
        assertThat(error(Flow.FINE.apply(from, to), truth, 12)).as("fine, px").isLessThan(0.06);
        assertThat(error(Flow.FAST.apply(from, to), truth, 12)).as("fast, px").isLessThan(0.15);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "0, -1", "0.5, 0.25", "-3.3, 2.7", "9, -6", "-11.5, -0.4"})
    void shiftsAreFound(double dx, double dy) {
        recovered(Affine2.shift(dx, dy));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.08, -0.01, 0.03, 0.06})
    void turnsAreFound(double angle) {
        recovered(Affine2.rotation(angle, MIDDLE));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.92, 0.99, 1.03, 1.08})
    void zoomIsFound(double scale) {
        recovered(Affine2.shift(-MIDDLE.x(), -MIDDLE.y())
                .then(Affine2.scale(scale, scale))
                .then(Affine2.shift(0.5 - scale * 0.5, 0.5 - scale * 0.5))
                .then(Affine2.shift(MIDDLE.x(), MIDDLE.y())));
    }

    @Test
    void aWarpByTheFlowBringsTheFirstPictureBack() {
        Affine2 truth = Affine2.rotation(0.02, MIDDLE).then(Affine2.shift(2, 1));
        Image from = drawn(160, 120, truth);
        Image to = drawn(160, 120, Affine2.IDENTITY);
        Image back = new Flow().apply(from, to).warp(to);
        Crop inner = new Crop(12, 12, 136, 96);
        assertThat(Quality.psnr(inner.apply(back), inner.apply(from))).isGreaterThan(45);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "2, 1", "1, 50", "50, 1", "3, 5", "7, 9", "8, 8", "9, 7", "17, 16", "33, 31", "300, 5"})
    void anySizeHasAFlow(int width, int height) {
        Image a = Pictures.noise(width, height, Colour.GREY, 1);
        Image b = Pictures.noise(width, height, Colour.GREY, 2);
        for (Flow flow :
                new Flow[] {Flow.FINE, Flow.FAST, new Flow(0, 0, 1, 3, 2, 7, 1), new Flow(9, 9, 8, 0, 0, 1, 1)}) {
            finite(flow.apply(a, b));
            still(flow.apply(a, a));
        }
    }

    @Test
    void equalPicturesDoNotMove() {
        Image a = drawn(160, 120, Affine2.IDENTITY);
        Flow.Both both = Flow.FINE.both(a, a);
        still(both.forward());
        still(both.backward());
        assertThat(both.hiddenInA().plane(0)).containsOnly(0);
        assertThat(both.hiddenInB().plane(0)).containsOnly(0);
    }

    private static void still(Displacement flow) {
        assertThat(flow.dx()).containsOnly(0);
        assertThat(flow.dy()).containsOnly(0);
    }

    private static void finite(Displacement flow) {
        for (int i = 0; i < flow.dx().length; i++) {
            assertThat(Float.isFinite(flow.dx()[i]) && Float.isFinite(flow.dy()[i]))
                    .isTrue();
        }
    }

    @Test
    void neverNotANumber() {
        float[] wild = Pictures.noise(64 * 48, 3);
        float[] values = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3e38f, -3e38f};
        for (int i = 0; i < wild.length; i += 7) {
            wild[i] = values[i % values.length];
        }
        Image a = Image.of(64, 48, Colour.GREY, wild);
        Image flat = Image.of(64, 48, Colour.GREY, new float[64 * 48]);
        finite(Flow.FINE.apply(a, Pictures.noise(64, 48, Colour.GREY, 4)));
        finite(Flow.FINE.apply(a, flat));
        finite(Flow.FINE.apply(flat, a));
    }

    @Test
    void aMovingSquareHidesWhatLiesBehind() {
        int w = 160;
        int h = 120;
        int shift = 8;
        Image a = square(w, h, 60);
        Image b = square(w, h, 60 + shift);
        Flow.Both both = Flow.FINE.both(a, b);
        double inside = share(both.hiddenInB(), 64, 44, 92, 76);
        double covered = share(both.hiddenInB(), 60 + 40, 44, 60 + 40 + shift, 76);
        double uncovered = share(both.hiddenInA(), 60, 44, 60 + shift, 76);
        double far = share(both.hiddenInB(), 8, 8, 40, 112);
        assertThat(covered).as("what b's square covers is hidden").isGreaterThan(0.8);
        assertThat(uncovered).as("what a's square covered is hidden there").isGreaterThan(0.8);
        assertThat(inside).as("the square is seen in both").isLessThan(0.02);
        assertThat(far).as("so is what does not move").isZero();
        assertThat(both.forward().dx()[60 * w + 80]).isBetween(shift - 0.1f, shift + 0.1f);
        assertThat(both.backward().dx()[60 * w + 88]).isBetween(-shift - 0.1f, -shift + 0.1f);
    }

    /** A textured square of 40 pixels before a textured wall. */
    private static Image square(int w, int h, int left) {
        Image wall = drawn(w, h, Affine2.shift(500, 300));
        float[] plane = wall.plane(0).clone();
        for (int y = 40; y < 80; y++) {
            for (int x = left; x < left + 40; x++) {
                plane[y * w + x] = (float) (0.5 + texture(x - left, y));
            }
        }
        return Image.of(w, h, Colour.GREY, plane);
    }

    private static double share(Image mask, int left, int top, int right, int bottom) {
        double sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += mask.plane(0)[y * mask.width() + x];
            }
        }
        return sum / ((right - left) * (bottom - top));
    }

    @Test
    void whatLeavesThePictureIsHidden() {
        Image a = drawn(160, 120, Affine2.shift(6, 0));
        Image b = drawn(160, 120, Affine2.IDENTITY);
        Flow.Both both = Flow.FINE.both(a, b);
        assertThat(share(both.hiddenInB(), 155, 10, 160, 110)).isGreaterThan(0.95);
        assertThat(share(both.hiddenInA(), 0, 10, 5, 110)).isGreaterThan(0.95);
        assertThat(share(both.hiddenInB(), 10, 10, 150, 110)).isLessThan(0.01);
    }

    @Test
    void mirroredPicturesFlowMirrored() {
        Affine2 truth = Affine2.rotation(0.03, MIDDLE);
        Image from = drawn(160, 120, truth);
        Image to = drawn(160, 120, Affine2.IDENTITY);
        Displacement flow = Flow.FINE.apply(from, to);
        Displacement other = Flow.FINE.apply(mirrored(from), mirrored(to));
        double sum = 0;
        for (int i = 0; i < flow.dx().length; i++) {
            int m = i / 160 * 160 + 159 - i % 160;
            sum += Math.abs(flow.dx()[i] + other.dx()[m]) + Math.abs(flow.dy()[i] - other.dy()[m]);
        }
        assertThat(sum / flow.dx().length).isLessThan(0.05);
    }

    private static Image mirrored(Image image) {
        int w = image.width();
        var plane = new float[w * image.height()];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = image.plane(0)[i / w * w + w - 1 - i % w];
        }
        return Image.of(w, image.height(), image.colour(), plane);
    }

    @Test
    void coloursFlowAsTheirGreyDoes() {
        Image from = drawn(80, 60, Affine2.shift(2, 1));
        Image to = drawn(80, 60, Affine2.IDENTITY);
        Displacement grey = Flow.FINE.apply(from, to);
        for (Colour colour : Colour.values()) {
            Displacement flow = Flow.FINE.apply(from.to(colour), to.to(colour));
            assertThat(Pictures.largestDifference(grey.dx(), flow.dx()))
                    .as("%s", colour)
                    .isLessThan(0.05);
            assertThat(Pictures.largestDifference(grey.dy(), flow.dy()))
                    .as("%s", colour)
                    .isLessThan(0.05);
        }
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        Image from = drawn(333, 251, Affine2.rotation(0.04, MIDDLE));
        Image to = drawn(333, 251, Affine2.shift(1.5, -2));
        Flow.Both one = Work.threads(1, () -> Flow.FINE.both(from, to));
        Flow.Both many = Work.threads(4, () -> Flow.FINE.both(from, to));
        assertThat(Arrays.equals(one.forward().dx(), many.forward().dx())).isTrue();
        assertThat(Arrays.equals(one.forward().dy(), many.forward().dy())).isTrue();
        assertThat(Arrays.equals(one.backward().dx(), many.backward().dx())).isTrue();
        assertThat(one.hiddenInB()).isEqualTo(many.hiddenInB());
    }

    @Test
    void wrongUseIsNamed() {
        Image a = Pictures.waves(9, 9);
        assertThatThrownBy(() -> new Flow().apply(a, Pictures.waves(9, 8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("9 x 8");
        assertThatThrownBy(() -> new Flow(0, 1, 4, 1, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Flow(0, 0, 9, 1, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Flow(0, 0, 4, 1, 1, 1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
