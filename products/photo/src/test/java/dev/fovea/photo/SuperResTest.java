package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.BadInput;
import dev.fovea.Work;
import dev.fovea.image.Burst;
import dev.fovea.image.CameraColour;
import dev.fovea.image.Cfa;
import dev.fovea.image.Colour;
import dev.fovea.image.Develop;
import dev.fovea.image.Exif;
import dev.fovea.image.Frame;
import dev.fovea.image.GaussianBlur;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import dev.fovea.image.Resize;
import dev.fovea.image.Shot;
import dev.fovea.sample.BurstSimulator;
import dev.fovea.sample.Mishap;
import dev.fovea.sample.Sensor;
import dev.fovea.sample.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuperResTest {
    private static final int MARGIN = 8;
    private static final int W = 96;
    private static final int H = 80;
    private static final NoiseModel NOISE = new NoiseModel(5e-6, 1e-3);
    private static final Image WORLD = discs(2 * (W + 2 * MARGIN), 2 * (H + 2 * MARGIN));

    /** What frames add to one another is judged without the network, which helps a frame that is alone. */
    private static SuperRes classical() {
        return new SuperRes(2).withReference(0).withNetwork(false);
    }

    @ParameterizedTest
    @EnumSource(names = {"RGGB", "GBRG", "NONE"})
    void aBurstShowsMoreThanOneFrameAndThatMoreThanBicubic(Cfa cfa) {
        Burst burst = burst(cfa, 4, 0.2, Mishap.NONE);
        var stage = classical();
        double one = psnr(stage.apply(alone(burst)));
        assertThat(psnr(stage.apply(burst))).isGreaterThan(one + 1);
        assertThat(one).isGreaterThan(psnr(bicubic(burst)) + 0.5);
    }

    @Test
    void developedFramesAreEnlargedToo() {
        List<Shot> frames = burst(Cfa.NONE, 4, 0.2, Mishap.NONE).shots().stream()
                .<Shot>map(s -> frame((Raw) s))
                .toList();
        var stage = classical();
        double one = psnr(stage.apply(new Burst(frames.subList(0, 1))).to(Colour.LINEAR));
        double all = psnr(stage.apply(new Burst(frames)).to(Colour.LINEAR));
        assertThat(all).isGreaterThan(one + 1);
    }

    @ParameterizedTest
    @CsvSource({"1, 96, 80", "1.3, 125, 104", "2, 192, 160", "2.5, 240, 200", "3, 288, 240"})
    void theSizeIsExactlyTheScale(double scale, int width, int height) {
        Image image = new SuperRes(scale).apply(alone(burst(Cfa.RGGB, 0, 0, Mishap.NONE)));
        assertThat(image.width()).isEqualTo(width);
        assertThat(image.height()).isEqualTo(height);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.5, 2, 3})
    void theResultLiesOnTheReferencesGrid(double scale) {
        Raw ramp = raw(64, 48, (x, y) -> 0.2 + 0.005 * x + 0.003 * y);
        Image image = new SuperRes(scale).apply(new Burst(List.of(ramp)));
        for (int y = (int) (8 * scale); y < 40 * scale; y += 7) {
            for (int x = (int) (8 * scale); x < 56 * scale; x += 5) {
                double expected = 0.2 + 0.005 * ((x + 0.5) / scale - 0.5) + 0.003 * ((y + 0.5) / scale - 0.5);
                assertThat((double) image.plane(1)[y * image.width() + x]).isCloseTo(expected, within(2e-3));
            }
        }
    }

    private static org.assertj.core.data.Offset<Double> within(double d) {
        return org.assertj.core.data.Offset.offset(d);
    }

    @Test
    void aTripodsFramesOnlyLessenNoise() {
        Burst burst = burst(Cfa.RGGB, 0, 0, Mishap.NONE);
        var stage = classical();
        assertThat(psnr(stage.apply(burst))).isGreaterThan(psnr(stage.apply(alone(burst))));
    }

    @Test
    void pureRotationHelps() {
        Burst burst = burst(Cfa.RGGB, 0, 1.5, Mishap.NONE);
        var stage = classical();
        assertThat(psnr(stage.apply(burst))).isGreaterThan(psnr(stage.apply(alone(burst))) + 0.5);
    }

    @Test
    void aBlurredFrameDoesLittleHarm() {
        var stage = new SuperRes(2).withReference(0);
        double good = psnr(stage.apply(burst(Cfa.RGGB, 4, 0.2, Mishap.NONE)));
        double bad = psnr(stage.apply(burst(Cfa.RGGB, 4, 0.2, new Mishap.Blur(2, 5, 3))));
        assertThat(bad).isGreaterThan(good - 0.5);
    }

    @Test
    void aFlashInOneFrameDoesLittleHarm() {
        Burst burst = burst(Cfa.RGGB, 4, 0.2, Mishap.NONE);
        var shots = new ArrayList<>(burst.shots());
        shots.set(3, brighter((Raw) shots.get(3)));
        var stage = new SuperRes(2).withReference(0);
        assertThat(psnr(stage.apply(new Burst(shots)))).isGreaterThan(psnr(stage.apply(burst)) - 0.5);
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        Burst burst = burst(Cfa.RGGB, 4, 0.2, Mishap.NONE);
        var stage = new SuperRes(3);
        assertThat(Work.threads(1, () -> stage.apply(burst))).isEqualTo(Work.threads(2, () -> stage.apply(burst)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 17})
    void tinyPicturesAreEnlarged(int side) {
        Raw raw = raw(side, side, (x, y) -> 0.3);
        Image image = new SuperRes(2).apply(new Burst(List.of(raw, raw)));
        assertThat(image.width()).isEqualTo(2 * side);
        for (float v : image.plane(1)) {
            assertThat(v).isBetween(0.28f, 0.32f);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9, 3.1, -1, Double.NaN})
    void scalesBeyondOneToThreeAreRefused(double scale) {
        assertThatThrownBy(() -> new SuperRes(scale))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("scale is " + (scale == -1 ? "-1" : scale) + ", but must lie between 1 and 3");
    }

    @Test
    void aReferenceThatIsNoFrameIsRefused() {
        var stage = new SuperRes(2).withReference(2);
        Raw raw = raw(8, 8, (x, y) -> 0.3);
        assertThatThrownBy(() -> stage.apply(new Burst(List.of(raw, raw))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reference is 2, but must lie between 0 and 1");
    }

    @Test
    void resultsBeyondTheLargestPictureAreRefused() {
        // A frame's samples may be shared: 32 megapixels of grey bytes, three times enlarged.
        Frame frame = new Frame(
                8000,
                4000,
                Frame.Format.GREY8,
                new byte[32_000_000],
                Colour.GREY,
                Duration.ZERO,
                Frame.Spectrum.VISIBLE,
                Exif.NONE,
                "wide.png");
        assertThatThrownBy(() -> new SuperRes(3).apply(new Burst(List.of(frame))))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("wide.png would become 24000 x 12000 pixels, more than 2^28");
    }

    @Test
    void blackFramesAreRefused() {
        assertThatThrownBy(() -> new SuperRes().apply(new Burst(List.of(raw(8, 8, (x, y) -> 0)))))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("is black throughout");
    }

    private interface Light {
        double at(int x, int y);
    }

    private static Raw raw(int w, int h, Light light) {
        short[] samples = new short[w * h];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.round(1000 + 60_000 * light.at(i % w, i / w));
        }
        return new Raw(
                w,
                h,
                Cfa.RGGB,
                new short[][] {samples},
                new float[] {1000, 1000, 1000, 1000},
                61_000,
                CameraColour.SRGB,
                Optional.of(new NoiseModel(1e-7, 1e-6)),
                Exif.NONE,
                "made");
    }

    private static Raw brighter(Raw raw) {
        short[] samples = raw.plane(0).clone();
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.min(65535, Sensor.BLACK + ((samples[i] & 0xFFFF) - Sensor.BLACK) * 2);
        }
        return new Raw(
                raw.width(),
                raw.height(),
                raw.cfa(),
                new short[][] {samples},
                new float[] {Sensor.BLACK, Sensor.BLACK, Sensor.BLACK, Sensor.BLACK},
                raw.white(),
                raw.colour(),
                raw.noise(),
                raw.exif(),
                "flash");
    }

    private static Frame frame(Raw raw) {
        Image image = new Develop().apply(raw).to(Colour.SRGB);
        byte[] bytes = new byte[3 * W * H];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(255 * Math.clamp(image.plane(i % 3)[i / 3], 0f, 1f));
        }
        return new Frame(
                W,
                H,
                Frame.Format.RGB8,
                bytes,
                Colour.SRGB,
                Duration.ZERO,
                Frame.Spectrum.VISIBLE,
                Exif.NONE,
                raw.source());
    }

    private static Burst burst(Cfa cfa, double shift, double degrees, Mishap mishap) {
        Image seen = new GaussianBlur(0.8).apply(WORLD);
        return new BurstSimulator(8, 2, MARGIN, shift, degrees, mishap, Sensor.plain(NOISE, cfa), Exif.NONE, 5)
                .shoot(new World(seen))
                .burst();
    }

    private static Burst alone(Burst burst) {
        return new Burst(burst.shots().subList(0, 1));
    }

    private static Image bicubic(Burst burst) {
        Image reference = new Develop().apply((Raw) burst.shots().getFirst());
        return new Resize(2 * W, 2 * H).apply(reference);
    }

    /** Discs of all sizes and shades, hard-edged, before a sky of slowly changing colour: far detail that never repeats. */
    private static Image discs(int w, int h) {
        float[][] planes = new float[3][w * h];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < w * h; i++) {
                planes[c][i] = 0.4f - 0.05f * c * (i % w) / w;
            }
        }
        var random = new Random(3);
        for (int k = 0; k < 700; k++) {
            int x0 = random.nextInt(w);
            int y0 = random.nextInt(h);
            double radius = 1.5 + 8 * Math.pow(random.nextDouble(), 3);
            float shade = 0.05f + 0.7f * random.nextFloat();
            float hue = 0.2f * random.nextFloat();
            for (int y = Math.max(0, y0 - 10); y < Math.min(h, y0 + 11); y++) {
                for (int x = Math.max(0, x0 - 10); x < Math.min(w, x0 + 11); x++) {
                    float cover = (float) Math.clamp(radius + 0.5 - Math.hypot(x - x0, y - y0), 0, 1);
                    for (int c = 0; c < 3; c++) {
                        planes[c][y * w + x] += cover * (shade * (1 - hue * c) - planes[c][y * w + x]);
                    }
                }
            }
        }
        return Image.of(w, h, Colour.LINEAR, planes);
    }

    private static double psnr(Image found) {
        double sum = 0;
        int n = 0;
        for (int c = 0; c < 3; c++) {
            for (int y = 16; y < found.height() - 16; y++) {
                for (int x = 16; x < found.width() - 16; x++) {
                    double e = found.plane(c)[y * found.width() + x]
                            - WORLD.plane(c)[(y + 2 * MARGIN) * WORLD.width() + x + 2 * MARGIN];
                    sum += e * e;
                    n++;
                }
            }
        }
        return -10 * Math.log10(sum / n);
    }
}
