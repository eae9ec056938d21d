package dev.fovea.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.BadInput;
import dev.fovea.image.Colour;
import dev.fovea.image.Encoding;
import dev.fovea.image.Exif;
import dev.fovea.image.Image;
import dev.fovea.image.JpegParts;
import dev.fovea.image.Turn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DepthFilesTest {
    private static final int W = 41;
    private static final int H = 23;

    @TempDir
    private Path folder;

    private static float[] values(double low, double high, boolean holes) {
        var random = new SplittableRandom(7);
        var values = new float[W * H];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(low, high);
            values[i] = holes && random.nextInt(5) == 0 ? Float.NaN : values[i];
        }
        return values;
    }

    private static Image photo() {
        var plane = values(0, 1, false);
        return Image.of(W, H, Colour.SRGB, plane, values(0.2, 0.8, false), plane);
    }

    @Test
    void aPfmKeepsDisparityToTheBitWithItsHoles() {
        Path file = folder.resolve("d.pfm");
        var written = Disparity.of(W, H, values(0.5, 90, true));
        written.write(file);
        assertThat(((Disparity) Depth.read(file)).pixels()).isEqualTo(written.pixels());
    }

    @Test
    void a16BitPngKeepsMillimetresAndItsHoles() {
        Path file = folder.resolve("d.png");
        var written = DepthMap.of(W, H, values(0.2, 60, true));
        written.write(file);
        float[] back = ((DepthMap) Depth.read(file)).metres();
        for (int i = 0; i < back.length; i++) {
            if (Float.isNaN(written.metres()[i])) {
                assertThat(back[i]).isNaN();
            } else {
                assertThat(Math.abs(back[i] - written.metres()[i])).isLessThan(0.00051f);
            }
        }
        Disparity kitti = (Disparity) Depth.read(file, DepthUnit.of("px/256"));
        assertThat(kitti.pixels()[0]).isEqualTo(Math.round(written.metres()[0] * 1000) / 256f);
    }

    @Test
    void aFloatTiffKeepsMetresToTheBit() {
        Path file = folder.resolve("d.tif");
        var written = DepthMap.of(W, H, values(0.2, 60, true));
        written.write(file);
        assertThat(((DepthMap) Depth.read(file)).metres()).isEqualTo(written.metres());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aJpegCarriesDisparityBackInAndKeepsItsOwnBytes(boolean holes) throws IOException {
        Path photo = folder.resolve("photo.jpg"), target = folder.resolve("shot.depth.jpg");
        photo().write(photo);
        var written = Disparity.of(W, H, values(3, 90, holes));
        JpegDepth.write(photo, written, target);
        float[] back = ((Disparity) Depth.read(target)).pixels();
        for (int i = 0; i < back.length; i++) {
            assertThat(Float.isNaN(back[i])).isEqualTo(Float.isNaN(written.pixels()[i]));
            assertThat(Float.isNaN(back[i]) || Math.abs(back[i] - written.pixels()[i]) < 0.002f)
                    .isTrue();
        }
        assertThat(Image.read(target)).isEqualTo(Image.read(photo));
        byte[] bare = JpegParts.read(target)
                .with(1, List.of("http://ns.adobe.com/xap/1.0/\0", "http://ns.adobe.com/xmp/extension/\0"), List.of());
        assertThat(bare).isEqualTo(Files.readAllBytes(photo));
    }

    @ParameterizedTest
    @EnumSource(Turn.class)
    void theDepthOfATurnedPictureTurnsWithIt(Turn turn) throws IOException {
        Path photo = folder.resolve("photo.jpg"), target = folder.resolve("shot.depth.jpg");
        photo().write(photo, Exif.NONE.withOrientation(turn.ordinal() + 1), Encoding.NORMAL);
        var upright = DepthMap.of(W, H, values(0.5, 3, false)).turned(turn);
        JpegDepth.write(photo, upright, target);
        DepthMap back = (DepthMap) Depth.read(target);
        assertThat(back.width()).isEqualTo(Image.read(photo).width());
        for (int i = 0; i < W * H; i++) {
            assertThat(back.metres()[i]).isCloseTo(upright.metres()[i], org.assertj.core.data.Offset.offset(2e-4f));
        }
    }

    @Test
    void aSecondDepthTakesThePlaceOfTheFirst() throws IOException {
        Path photo = folder.resolve("photo.jpg");
        photo().write(photo);
        JpegDepth.write(photo, Disparity.of(W, H, values(3, 90, true)), photo);
        JpegDepth.write(photo, DepthMap.of(W, H, values(2, 3, false)), photo);
        DepthMap back = (DepthMap) Depth.read(photo);
        assertThat(back.metres()[5]).isBetween(2f, 3f);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofShadesTheLowerPartOfThePictureIsNear(boolean whiteIsNear) {
        var shades = new float[W * H];
        for (int i = 0; i < shades.length; i++) {
            float near = (float) (i / W) / H;
            shades[i] = whiteIsNear ? near : 1 - near;
        }
        Path file = folder.resolve("map.png");
        Image.of(W, H, Colour.GREY, shades).write(file);
        Disparity read = (Disparity) Depth.read(file);
        assertThat(read.at(3, H - 1)).isGreaterThan(read.at(3, 0));
        Disparity told = (Disparity) Depth.read(file, DepthUnit.FAR_WHITE);
        assertThat(told.at(3, H - 1) > told.at(3, 0)).isEqualTo(!whiteIsNear);
    }

    /** As telephones by Apple write it: behind the picture lies a second one, whose XMP says what its shades mean. */
    @Test
    void aSecondPictureBehindTheFirstMayBeDepth() throws IOException {
        Path photo = folder.resolve("photo.jpg"), map = folder.resolve("map.jpg");
        photo().write(photo, Exif.NONE.withOrientation(6), Encoding.NORMAL);
        var shades = new float[W * H];
        for (int i = 0; i < shades.length; i++) {
            shades[i] = (float) (i % W) / (W - 1);
        }
        Image.of(W, H, Colour.GREY, shades).write(map, Exif.NONE, new Encoding(100, 8));
        String xmp = """
                <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                <rdf:Description rdf:about="" xmlns:apdi="http://ns.apple.com/pixeldatainfo/1.0/"
                  apdi:AuxiliaryImageType="disparity" apdi:FloatMinValue="0.25" apdi:FloatMaxValue="2"/></rdf:RDF></x:xmpmeta>
                """;
        byte[] body = JpegParts.body("http://ns.adobe.com/xap/1.0/\0", xmp.getBytes(StandardCharsets.UTF_8));
        byte[] second = JpegParts.read(map).with(1, List.of(), List.of(body));
        // padding and a picture that is no depth may lie between
        Files.write(photo, JpegParts.body("", Files.readAllBytes(photo), new byte[7], Files.readAllBytes(map), second));
        DepthMap read = (DepthMap) Depth.read(photo);
        // upright, the picture is turned clockwise: what was on the left is on top
        assertThat(read.width()).isEqualTo(H);
        assertThat(read.at(5, 0)).isCloseTo(4, org.assertj.core.data.Offset.offset(0.1f));
        assertThat(read.at(5, W - 1)).isCloseTo(0.5f, org.assertj.core.data.Offset.offset(0.01f));
    }

    @Test
    void aPhotographWithoutDepthIsToldSo() {
        Path photo = folder.resolve("photo.jpg");
        photo().write(photo);
        assertThatThrownBy(() -> Depth.read(photo))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("carries no depth");
    }

    @Test
    void negativeDisparityIsRefused() {
        Path file = folder.resolve("d.pfm");
        Disparity.of(W, H, values(-9, 9, false)).write(file);
        assertThatThrownBy(() -> Depth.read(file))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("negative disparity at")
                .hasMessageContaining("swap left and right");
    }

    @Test
    void aMapWithoutAnyKnownPixelIsRefused() {
        Path file = folder.resolve("d.pfm");
        var none = new float[W * H];
        Arrays.fill(none, Float.NaN);
        Disparity.of(W, H, none).write(file);
        assertThatThrownBy(() -> Depth.read(file)).isInstanceOf(BadInput.class).hasMessageContaining("no pixel");
    }

    @Test
    void depthOfAnotherShapeIsRefused() {
        var depth = Disparity.of(W, H, values(1, 2, false));
        assertThat(depth.fitting(4 * W + 1, 4 * H - 1, "d")).isSameAs(depth);
        assertThatThrownBy(() -> depth.fitting(W, 2 * H, "d.pfm"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("d.pfm is of 41 x 23 pixels, another shape");
    }

    /** Every file cut off at every length is told in one sentence, or read whole. */
    @ParameterizedTest
    @ValueSource(strings = {"pfm", "png", "tif", "jpg"})
    void aCutOffFileIsToldInOneSentence(String format) throws IOException {
        Path file = folder.resolve("d." + format);
        if (format.equals("jpg")) {
            photo().write(file);
            JpegDepth.write(file, Disparity.of(W, H, values(3, 90, true)), file);
        } else {
            (format.equals("pfm") ? Disparity.of(W, H, values(1, 2, true)) : DepthMap.of(W, H, values(1, 2, true)))
                    .write(file);
        }
        byte[] whole = Files.readAllBytes(file);
        for (int n = 0; n < whole.length; n += 1 + whole.length / 200) {
            Files.write(file, Arrays.copyOf(whole, n));
            assertThatThrownBy(() -> Depth.read(file)).isInstanceOf(BadInput.class);
        }
    }

    /** Bytes changed at random never do more harm than a sentence. */
    @ParameterizedTest
    @ValueSource(strings = {"pfm", "jpg"})
    void aDamagedFileIsReadOrToldInOneSentence(String format) throws IOException {
        Path file = folder.resolve("d." + format);
        if (format.equals("jpg")) {
            photo().write(file);
            JpegDepth.write(file, Disparity.of(W, H, values(3, 90, true)), file);
        } else {
            Disparity.of(W, H, values(1, 2, true)).write(file);
        }
        byte[] whole = Files.readAllBytes(file);
        var random = new SplittableRandom(11);
        for (int n = 0; n < 300; n++) {
            byte[] damaged = whole.clone();
            for (int k = 0; k < 3; k++) {
                damaged[random.nextInt(random.nextBoolean() ? Math.min(2000, damaged.length) : damaged.length)] =
                        (byte) random.nextInt(256);
            }
            Files.write(file, damaged);
            try {
                Depth.read(file);
            } catch (BadInput told) {
                assertThat(told.getMessage()).contains(file.toString());
            }
        }
    }
}
