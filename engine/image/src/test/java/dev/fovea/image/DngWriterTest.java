package dev.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.image.CameraColour.Calibration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DngWriterTest {
    private static final CameraColour COLOUR = new CameraColour(
            new float[] {0.5123f, 1, 0.61f},
            List.of(
                    new Calibration(17, new float[] {.9f, -.2f, -.1f, -.4f, 1.2f, .2f, -.05f, .1f, .6f}, null),
                    new Calibration(
                            21,
                            new float[] {.8f, -.2f, -.1f, -.4f, 1.2f, .2f, -.05f, .1f, 1 / 3f},
                            new float[] {.6f, .3f, .1f, .2f, .9f, -.1f, 0, .01f, .8f})),
            0.35f);

    @ParameterizedTest
    @EnumSource(Cfa.class)
    void whatIsWrittenIsReadAgain(Cfa cfa) {
        int[][] sizes = {{1, 1}, {2, 3}, {33, 17}, {513, 40}, {700, 530}};
        for (int[] size : sizes) {
            Raw raw = raw(cfa, size[0], size[1], size[0]);
            same(raw, DngReader.read(bytes(raw), "a.dng"));
        }
    }

    @Test
    void whiteNoiseIsNotWorthCompressing() {
        var random = new Random(5);
        short[] s = new short[64 * 48];
        for (int i = 0; i < s.length; i++) {
            s[i] = (short) random.nextInt();
        }
        Raw raw = new Raw(
                64, 48, Cfa.RGGB, new short[][] {s}, new float[4], 65535, COLOUR, Optional.empty(), Exif.NONE, "noise");
        byte[] dng = bytes(raw);
        assertThat(dng.length).isBetween(64 * 48 * 2, 64 * 48 * 2 + 1024);
        same(raw, DngReader.read(dng, "a.dng"));
    }

    @Test
    void valuesThatAreLinearSrgbStaySo() {
        Raw raw = raw(Cfa.RGGB, 8, 8, 1);
        for (float[] neutral : new float[][] {{1, 1, 1}, {0.4f, 1, 0.7f}}) {
            var plain = new Raw(
                    8,
                    8,
                    Cfa.RGGB,
                    new short[][] {raw.plane(0)},
                    new float[4],
                    4000,
                    new CameraColour(neutral, List.of(), 0),
                    Optional.empty(),
                    Exif.NONE,
                    "plain");
            CameraColour back = DngReader.read(bytes(plain), "a.dng").colour();
            assertThat(back.calibrations()).isEmpty();
            assertThat(back.neutral()).containsExactly(neutral);
        }
    }

    @Test
    void theFileIsWrittenBesideAndNamedDng(@TempDir Path folder) {
        Raw raw = raw(Cfa.BGGR, 20, 10, 3);
        raw.write(folder.resolve("a.dng"));
        assertThat(folder).isDirectoryContaining(f -> f.endsWith("a.dng"));
        assertThat(folder.toFile().list()).hasSize(1);
        same(raw, (Raw) Shot.read(folder.resolve("a.dng")));
        assertThatThrownBy(() -> raw.write(folder.resolve("a.jpg"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readAsAPictureItIsDevelopedAndUpright(@TempDir Path folder) {
        short[] red = {0, 1000, 2000, 4000, 500, 250}, other = {1000, 1000, 1000, 1000, 1000, 1000};
        Exif quarterTurn = Exif.NONE.withOrientation(6);
        raw(3, 2, Cfa.NONE, CameraColour.SRGB, quarterTurn, red, other, other).write(folder.resolve("a.dng"));
        Image turned = Image.read(folder.resolve("a.dng"));
        assertThat(turned).hasToString("2 x 3 SRGB");
        float[] lights = {4000, 0, 500, 1000, 250, 2000};
        for (int i = 0; i < 6; i++) {
            float light = lights[i] / 4000;
            assertThat(turned.plane(0)[i]).isCloseTo((float) Transfer.encode(light), within(1e-3f));
        }
    }

    @Test
    void aGreyWallIsGreyWhateverTheLight(@TempDir Path folder) {
        short[] mosaic = new short[20 * 14];
        for (int i = 0; i < mosaic.length; i++) {
            int x = i % 20, y = i / 20;
            mosaic[i] = (short) ((x & 1) != (y & 1) ? 2000 : x % 2 == 0 ? 800 : 1200);
        }
        var lamp = new CameraColour(new float[] {0.4f, 1, 0.6f}, List.of(), 0);
        raw(20, 14, Cfa.RGGB, lamp, Exif.NONE, mosaic).write(folder.resolve("a.dng"));
        Image wall = Image.read(folder.resolve("a.dng"));
        for (int c = 0; c < 3; c++) {
            assertThat(wall.plane(c)[7 * 20 + 10]).isCloseTo((float) Transfer.encode(0.5f), within(2e-3f));
        }
    }

    private static Raw raw(int w, int h, Cfa cfa, CameraColour colour, Exif exif, short[]... planes) {
        float[] black = new float[cfa.mosaic() ? 4 : 3];
        return new Raw(w, h, cfa, planes, black, 4000, colour, Optional.empty(), exif, "a camera");
    }

    /** A smooth picture with noise, and everything that a camera may tell. */
    static Raw raw(Cfa cfa, int width, int height, long seed) {
        var random = new Random(seed);
        int count = cfa.mosaic() ? 1 : 3;
        short[][] planes = new short[count][width * height];
        for (int i = 0; i < count * width * height; i++) {
            int p = i / count;
            double v = 1500 + 800 * Math.sin(p % width * 0.05 + i % count) + 20 * random.nextGaussian();
            planes[i % count][p] = (short) Math.round(v);
        }
        float[] black = cfa.mosaic() ? new float[] {64, 64.25f, 63.5f, 65} : new float[] {64, 64.25f, 63.5f};
        Exif exif = Exif.NONE
                .withOrientation(6)
                .with(tag(Exif.Directory.MAIN, 271, 2, 5, "Acme\0"))
                .with(tag(Exif.Directory.MAIN, 272, 2, 4, "One\0"))
                .with(tag(Exif.Directory.PHOTO, 0x829A, 5, 1, "\0\0\0\1\0\0\0\36"))
                .with(tag(Exif.Directory.PHOTO, 0x8827, 3, 1, "\1\100"))
                .with(tag(Exif.Directory.GPS, 1, 2, 2, "N\0"));
        return new Raw(
                width,
                height,
                cfa,
                planes,
                black,
                4000,
                COLOUR,
                Optional.of(new NoiseModel(2.5e-6, 1.25e-3)),
                exif,
                "a camera");
    }

    static byte[] bytes(Raw raw) {
        var out = new ByteArrayOutputStream();
        try {
            DngWriter.write(raw, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void same(Raw a, Raw b) {
        assertThat(b.toString()).startsWith(a.width() + " x " + a.height() + " " + a.cfa());
        for (int c = 0; c < (a.cfa().mosaic() ? 1 : 3); c++) {
            assertThat(b.plane(c)).isEqualTo(a.plane(c));
        }
        for (int i = 0; i < (a.cfa().mosaic() ? 4 : 3); i++) {
            assertThat(b.black(i)).isEqualTo(a.black(i));
        }
        assertThat(b.white()).isEqualTo(a.white());
        assertThat(b.noise()).isEqualTo(a.noise());
        assertThat(b.colour().neutral()).containsExactly(a.colour().neutral());
        assertThat(b.colour().baselineExposure()).isEqualTo(a.colour().baselineExposure());
        for (int i = 0; i < a.colour().calibrations().size(); i++) {
            Calibration x = a.colour().calibrations().get(i);
            Calibration y = b.colour().calibrations().get(i);
            assertThat(y.illuminant()).isEqualTo(x.illuminant());
            assertThat(y.xyzToCamera()).containsExactly(x.xyzToCamera());
            assertThat(y.cameraToXyzD50()).isEqualTo(x.cameraToXyzD50());
        }
        assertThat(b.exif().camera()).isEqualTo(a.exif().camera());
        assertThat(b.exif().orientation()).isEqualTo(a.exif().orientation());
        assertThat(b.exif().exposure()).isEqualTo(a.exif().exposure());
        for (Exif.Tag t : a.exif().tags()) {
            assertThat(b.exif().tags())
                    .anySatisfy(u -> assertThat(u).usingRecursiveComparison().isEqualTo(t));
        }
    }

    private static Exif.Tag tag(Exif.Directory directory, int id, int type, int count, String bytes) {
        return new Exif.Tag(directory, id, type, count, bytes.getBytes(StandardCharsets.ISO_8859_1));
    }
}
