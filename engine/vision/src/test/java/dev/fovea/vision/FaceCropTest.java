package dev.fovea.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Point2;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaceCropTest {
    private static final List<Point2> FIVE =
            List.of(new Point2(40, 50), new Point2(70, 50), new Point2(55, 66), new Point2(45, 84), new Point2(65, 84));

    @Test
    void theCropFollowsFromFivePoints() {
        FaceCrop crop = FaceCrop.of(FIVE);
        assertThat(crop.x()).isCloseTo(55, within(1e-9));
        assertThat(crop.y()).isCloseTo(67, within(1e-9));
        assertThat(crop.side()).isCloseTo(3.6 * 34, within(1e-9));
        assertThat(crop.ux()).isCloseTo(1, within(1e-9));
    }

    @Test
    void itTurnsWithTheFace() {
        double angle = Math.toRadians(30);
        List<Point2> turned = FIVE.stream()
                .map(p -> new Point2(
                        Math.cos(angle) * p.x() - Math.sin(angle) * p.y(),
                        Math.sin(angle) * p.x() + Math.cos(angle) * p.y()))
                .toList();
        FaceCrop crop = FaceCrop.of(turned);
        assertThat(Math.atan2(crop.uy(), crop.ux())).isCloseTo(angle, within(1e-9));
        assertThat(crop.side()).isCloseTo(FaceCrop.of(FIVE).side(), within(1e-9));
    }

    /** In a picture whose values are its coordinates every pixel says where it was taken from. */
    @ParameterizedTest
    @CsvSource({"150, 140, 100, 0", "150, 140, 200, 25", "400, 300, 515, -40", "500, 370, 900, 10"})
    void pixelsComeFromWhereTheMapSays(double x, double y, double side, double degrees) {
        int w = 1000;
        int h = 740;
        var planes = new float[3][w * h];
        for (int i = 0; i < w * h; i++) {
            planes[0][i] = (float) ((i % w) / (double) w);
            planes[1][i] = (float) ((i / w) / (double) h);
        }
        Scene scene = Eye.with(new DiscNets()).look(Image.of(w, h, Colour.SRGB, planes));
        double angle = Math.toRadians(degrees);
        var crop = new FaceCrop(x, y, side, Math.cos(angle), Math.sin(angle));
        int n = FaceMesh.SIZE;
        float[] pixels = crop.pixels(scene, n);
        var points = new float[3];
        for (int[] at : new int[][] {{64, 64}, {100, 20}, {20, 110}, {127, 127}}) {
            points[0] = (at[0] + 0.5f) / n;
            points[1] = (at[1] + 0.5f) / n;
            crop.toPicture(points);
            int p = at[1] * n + at[0];
            boolean inside = points[0] > 4 && points[1] > 4 && points[0] < w - 5 && points[1] < h - 5;
            if (inside) {
                assertThat(pixels[p] * w).isCloseTo(points[0], within(0.1f));
                assertThat(pixels[n * n + p] * h).isCloseTo(points[1], within(0.1f));
            }
        }
    }

    @Test
    void beyondThePictureItIsBlack() {
        Scene scene = Eye.with(new DiscNets()).look(Discs.picture(50, 50));
        float[] beside = new FaceCrop(-500, 20, 100, 1, 0).pixels(scene, 128);
        assertThat(beside).containsOnly(0);
        float[] half = new FaceCrop(0, 25, 40, 1, 0).pixels(scene, 128);
        assertThat(half[64 * 128 + 10]).isZero();
        assertThat(half[64 * 128 + 120]).isCloseTo(0.3f, within(1e-5f));
    }
}
