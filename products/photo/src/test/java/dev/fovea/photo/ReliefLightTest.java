package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.image.Crop;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReliefLightTest {
    private static final int SIZE = 96;
    private static final double RADIUS = 80;

    /** A part of a sphere that faces the camera, symmetric about its middle column. */
    private static Relief dome() {
        var heights = new float[SIZE * SIZE];
        double middle = (SIZE - 1) / 2.0;
        for (int i = 0; i < heights.length; i++) {
            double x = i % SIZE - middle;
            double y = i / SIZE - middle;
            heights[i] = (float) Math.sqrt(RADIUS * RADIUS - x * x - y * y);
        }
        return relief(heights);
    }

    private static Relief relief(float[] heights) {
        var face = new float[heights.length];
        Arrays.fill(face, 1);
        return new Relief(
                new Crop(0, 0, SIZE, SIZE), SIZE, SIZE, heights, face, new double[] {1, 0, 0, (SIZE - 1) / 2.0});
    }

    @Test
    void a_plate_goes_through_its_points() {
        var random = new Random(5);
        double[] x = random.doubles(40).toArray();
        double[] y = random.doubles(40).toArray();
        double[] z = random.doubles(40).toArray();
        var plate = new ThinPlate(x, y, z, 0);
        for (int i = 0; i < x.length; i++) {
            assertThat(plate.at(x[i], y[i])).isCloseTo(z[i], within(1e-6));
        }
    }

    @Test
    void a_plate_through_a_plane_is_the_plane_however_stiff() {
        double[] x = {0, 1, 0, 1, 0.3};
        double[] y = {0, 0, 1, 1, 0.8};
        double[] z = Arrays.stream(new int[] {0, 1, 2, 3, 4})
                .mapToDouble(i -> 2 * x[i] - y[i] + 3)
                .toArray();
        assertThat(new ThinPlate(x, y, z, 10).at(0.4, 0.7)).isCloseTo(3.1, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "0.5, 0.2, 1", "-0.3, -0.6, 1"})
    void a_dome_is_lit_by_lamberts_law(double x, double y, double z) {
        var lamp = new Lamp(x, y, z, 0.2);
        float[] light = Shading.of(dome(), lamp);
        double middle = (SIZE - 1) / 2.0;
        for (int i = 20; i < SIZE - 20; i += 7) {
            double nx = (i - middle) / RADIUS;
            double nz = Math.sqrt(1 - nx * nx - 0.25 / RADIUS / RADIUS);
            double cosine = nx * lamp.x() + nz * lamp.z();
            assertThat(light[SIZE / 2 * SIZE + i]).isCloseTo((float) (0.2 + 0.8 * cosine), within(0.03f));
        }
    }

    @Test
    void a_step_throws_its_shadow_away_from_the_lamp() {
        var heights = new float[SIZE * SIZE];
        for (int i = 0; i < heights.length; i++) {
            heights[i] = i % SIZE < 40 ? 12 : 0;
        }
        float[] light = Shading.of(relief(heights), new Lamp(-1, 0, 1, 0));
        int row = SIZE / 2 * SIZE;
        assertThat(light[row + 46]).as("behind the step").isLessThan(0.1f);
        assertThat(light[row + 70]).as("beyond the shadow").isGreaterThan(0.65f);
        assertThat(light[row + 20]).as("on the step").isGreaterThan(0.65f);
    }

    @Test
    void a_dome_in_one_light_becomes_the_dome_in_another() {
        Relief dome = dome();
        float[] from = Shading.of(dome, new Lamp(0.6, -0.2, 1, 0.3));
        float[] to = Shading.of(dome, new Lamp(-0.5, -0.4, 1, 0.3));
        var albedo = new float[from.length];
        var picture = new float[from.length];
        for (int i = 0; i < albedo.length; i++) {
            double x = Math.abs(i % SIZE - (SIZE - 1) / 2.0);
            albedo[i] = (float) (0.5 + 0.2 * Math.sin(x / 4) * Math.sin(i / SIZE / 5.0));
            picture[i] = albedo[i] * from[i];
        }
        new Relighting(dome, from, to, 0.1).apply(new float[][] {picture}, SIZE);
        double error = 0;
        for (int i = 0; i < albedo.length; i++) {
            error += Math.abs(picture[i] - albedo[i] * to[i]) / albedo.length;
        }
        assertThat(error).isLessThan(0.01);
    }

    @Test
    void what_lies_in_the_dark_is_taken_from_the_other_side() {
        Relief dome = dome();
        var from = new float[SIZE * SIZE];
        var to = new float[SIZE * SIZE];
        var picture = new float[SIZE * SIZE];
        Arrays.fill(to, 1);
        for (int i = 0; i < from.length; i++) {
            from[i] = i % SIZE < SIZE / 2 ? 0.001f : 1;
            picture[i] = 0.6f * from[i];
        }
        new Relighting(dome, from, to, 0.3).apply(new float[][] {picture}, SIZE);
        assertThat(picture[SIZE / 2 * SIZE + 20]).isCloseTo(0.6f, within(0.05f));
        assertThat(picture[SIZE / 2 * SIZE + 75]).isCloseTo(0.6f, within(0.05f));
    }

    @Test
    void light_needs_a_direction() {
        assertThatThrownBy(() -> new Lamp(0, 0, 0, 0.5)).hasMessageContaining("no direction");
        assertThatThrownBy(() -> new PortraitLight(0, 0, 0, 0.5, 1, 1, false)).hasMessageContaining("no direction");
        assertThatThrownBy(() -> PortraitLight.Preset.STAGE.light().from(Double.NaN, 0, 0))
                .hasMessageContaining("no direction");
        assertThatThrownBy(() -> new PortraitLight(0, 0, 1, 2, 1, 1, false)).hasMessageContaining("ambient is 2");
        PortraitLight moved = PortraitLight.Preset.STAGE.light().from(4, -2, 1);
        assertThat(moved.x()).isEqualTo(1);
        assertThat(moved.y()).isEqualTo(-0.5);
    }
}
