package dev.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeometryTest {
    private static final Homography TILT = new Homography(1.1, 0.05, -20, -0.03, 0.95, 12, 1e-5, -2e-5, 1);

    private static List<Point2> points(int n, long seed) {
        var random = new SplittableRandom(seed);
        var all = new ArrayList<Point2>();
        for (int i = 0; i < n; i++) {
            all.add(new Point2(random.nextDouble() * 4000, random.nextDouble() * 3000));
        }
        return all;
    }

    private static void near(Point2 a, Point2 b, double tolerance) {
        assertThat(a.distance(b)).as(a + " and " + b).isLessThan(tolerance);
    }

    @Test
    void affineMapsComposeAndInvert() {
        Affine2 m = Affine2.rotation(0.3, new Point2(5, 7))
                .then(Affine2.shift(2, -1))
                .then(Affine2.scale(2, 0.5));
        var p = new Point2(3, 4);
        near(m.then(m.inverse()).apply(p), p, 1e-12);
        near(Affine2.rotation(Math.PI / 2, new Point2(0, 0)).apply(new Point2(1, 0)), new Point2(0, 1), 1e-12);
        near(Affine2.scale(2, 2).apply(new Point2(0, 0)), new Point2(0.5, 0.5), 1e-12);
        near(
                Affine2.fit(points(9, 1), points(9, 1).stream().map(m::apply).toList())
                        .apply(p),
                m.apply(p),
                1e-9);
    }

    @Test
    void pointsOnALineFitNothing() {
        List<Point2> line = List.of(new Point2(0, 0), new Point2(1, 1), new Point2(2, 2), new Point2(3, 3));
        assertThatThrownBy(() -> Affine2.fit(line, line)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Homography.fit(line, line)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 50})
    void homographyIsRecovered(int n) {
        List<Point2> from = points(n, n);
        Homography found = Homography.fit(from, from.stream().map(TILT::apply).toList());
        for (Point2 p : points(20, 99)) {
            near(found.apply(p), TILT.apply(p), 1e-6);
            near(found.inverse().apply(found.apply(p)), p, 1e-6);
        }
    }

    @Test
    void homographyIsFoundAmongWrongPairs() {
        List<Point2> from = points(100, 5);
        var to = new ArrayList<Point2>(from.stream().map(TILT::apply).toList());
        for (int i = 0; i < 40; i++) {
            to.set(i, points(1, 1000 + i).getFirst());
        }
        Homography.Consensus found = Homography.search(from, to, 2, 7).orElseThrow();
        assertThat(found.inliers()).hasSize(60).first().isEqualTo(40);
        for (Point2 p : points(20, 98)) {
            near(found.homography().apply(p), TILT.apply(p), 1e-5);
        }
        assertThat(Homography.search(from.subList(0, 3), to.subList(0, 3), 2, 7))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void warpOfARampIsTheRampMoved(Warp.Sampling sampling) {
        Image ramp = Pictures.ramp(200, 120, 0.003, 0.002);
        Affine2 m = Affine2.rotation(0.05, new Point2(100, 60)).then(Affine2.shift(1.3, -0.7));
        Image moved = new Warp(m, 200, 120, sampling).apply(ramp);
        Image byHomography = new Warp(m.homography(), 200, 120, sampling).apply(ramp);
        Image dense = new Warp(Displacement.of(m, 200, 120), 200, 120, sampling).apply(ramp);
        for (int y = 20; y < 100; y++) {
            for (int x = 20; x < 180; x++) {
                Point2 p = m.apply(new Point2(x, y));
                double wanted = 0.003 * p.x() + 0.002 * p.y();
                assertThat((double) moved.plane(0)[y * 200 + x]).isCloseTo(wanted, within(2e-6));
            }
        }
        assertThat(Pictures.largestDifference(moved.plane(0), byHomography.plane(0)))
                .isLessThan(1e-5);
        assertThat(dense).isEqualTo(moved);
    }

    @Test
    void edgesContinueBeyondThePicture() {
        Image image = Pictures.noise(40, 30, Colour.LINEAR_GREY, 3);
        Image far = Warp.of(image, Affine2.shift(1000, 1000));
        for (float v : far.plane(0)) {
            assertThat(v).isCloseTo(image.plane(0)[40 * 30 - 1], within(1e-6f));
        }
    }

    @Test
    void wholePixelShiftsAreExact() {
        Image image = Pictures.noise(40, 30, Colour.LINEAR_GREY, 4);
        Image moved = Warp.of(image, Affine2.shift(3, 2));
        assertThat(new Crop(0, 0, 30, 20).apply(moved)).isEqualTo(new Crop(3, 2, 30, 20).apply(image));
    }

    @Test
    void displacementsCompose() {
        Displacement first = Displacement.of(Affine2.rotation(0.02, new Point2(50, 40)), 100, 80);
        Displacement second = Displacement.of(Affine2.shift(2.5, -1.25), 100, 80);
        Displacement both = first.then(second);
        var p = new Point2(30, 50);
        near(both.apply(p), first.apply(second.apply(p)), 1e-4);
        Image image = Pictures.waves(100, 80);
        Image once = new Crop(10, 10, 80, 60).apply(both.warp(image));
        Image twice = new Crop(10, 10, 80, 60).apply(second.warp(first.warp(image)));
        assertThat(Pictures.largestDifference(once.plane(0), twice.plane(0))).isLessThan(3e-3);
    }

    @Test
    void boxesOverlap() {
        var a = new Box(0, 0, 10, 10);
        assertThat(a.overlap(new Box(5, 0, 10, 10))).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(a.overlap(new Box(20, 0, 1, 1))).isZero();
        assertThat(a.overlap(a)).isEqualTo(1);
        assertThat(Box.around(List.of(new Point2(1, 2), new Point2(4, -1)))).isEqualTo(new Box(1, -1, 3, 3));
        assertThat(a.scaled(2)).isEqualTo(new Box(-5, -5, 20, 20));
    }

    /** Each turn of a 3 × 2 picture, written down by hand. */
    @ParameterizedTest
    @EnumSource
    void turnsAsWrittenDown(Turn turn) {
        float[] source = {1, 2, 3, 4, 5, 6};
        float[] wanted = switch (turn) {
            case NONE -> new float[] {1, 2, 3, 4, 5, 6};
            case MIRROR -> new float[] {3, 2, 1, 6, 5, 4};
            case HALF -> new float[] {6, 5, 4, 3, 2, 1};
            case FLIP -> new float[] {4, 5, 6, 1, 2, 3};
            case TRANSPOSE -> new float[] {1, 4, 2, 5, 3, 6};
            case RIGHT -> new float[] {4, 1, 5, 2, 6, 3};
            case TRANSVERSE -> new float[] {6, 3, 5, 2, 4, 1};
            case LEFT -> new float[] {3, 6, 2, 5, 1, 4};
        };
        Image turned = turn.apply(Image.of(3, 2, Colour.GREY, source));
        assertThat(turned.plane(0)).containsExactly(wanted);
        assertThat(turned.width()).isEqualTo(turn.swaps() ? 2 : 3);
        Image large = Pictures.noise(133, 70, Colour.LINEAR, 5);
        assertThat(turn.back().apply(turn.apply(large))).isEqualTo(large);
    }

    @Test
    void cropsLieWithinThePicture() {
        Image image = Pictures.noise(10, 10, Colour.GREY, 6);
        assertThatThrownBy(() -> new Crop(5, 5, 6, 5).apply(image)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Crop(2, 3, 1, 1).apply(image).plane(0)[0]).isEqualTo(image.plane(0)[32]);
    }
}
