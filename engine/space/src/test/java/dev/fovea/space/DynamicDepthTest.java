package dev.fovea.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.BadInput;
import dev.fovea.image.Colour;
import dev.fovea.image.Encoding;
import dev.fovea.image.Exif;
import dev.fovea.image.Image;
import dev.fovea.image.JpegParts;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Google's Dynamic Depth, in files made by its specification: shades from black on the left to white on the right. */
class DynamicDepthTest {
    private static final int W = 31;
    private static final int H = 17;
    private static final String DD = "http://ns.google.com/photos/dd/1.0/";

    @TempDir
    private Path folder;

    private static final String DIRECTORY = """
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description xmlns:Device="%1$sdevice/" xmlns:Container="%1$scontainer/" xmlns:Item="%1$sitem/"
              xmlns:Camera="%1$scamera/" xmlns:DepthMap="%1$sdepthmap/"><Device:Container><Container:Directory><rdf:Seq>
            <rdf:li rdf:parseType="Resource"><Container:Item Item:Mime="image/jpeg" Item:Length="0" Item:Padding="3"
              Item:DataURI="primary_image"/></rdf:li>
            <rdf:li rdf:parseType="Resource"><Container:Item rdf:parseType="Resource"><Item:Length>5</Item:Length>
              <Item:DataURI>other</Item:DataURI></Container:Item></rdf:li>
            <rdf:li rdf:parseType="Resource"><Container:Item Item:Mime="image/png" Item:Length="%2$d"
              Item:DataURI="android/depthmap"/></rdf:li>
            <rdf:li rdf:parseType="Resource"><Container:Item Item:Mime="image/png" Item:Length="%3$d"
              Item:DataURI="android/confidencemap"/></rdf:li>
            </rdf:Seq></Container:Directory></Device:Container>
            <Device:Cameras><rdf:Seq><rdf:li rdf:parseType="Resource"><Device:Camera rdf:parseType="Resource">
            <Camera:DepthMap DepthMap:Format="%4$s" DepthMap:Units="%5$s" DepthMap:Near="%6$s" DepthMap:Far="%7$s"
              DepthMap:DepthURI="android/depthmap" DepthMap:ConfidenceURI="android/confidencemap"
              DepthMap:ItemSemantic="Depth"/></Device:Camera></rdf:li></rdf:Seq></Device:Cameras>
            </rdf:Description></rdf:RDF></x:xmpmeta>
            """;

    private static final String TELEPHONE = """
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description xmlns:Container="http://ns.google.com/photos/1.0/container/"
              xmlns:Item="http://ns.google.com/photos/1.0/container/item/" xmlns:DepthMap="%sdepthmap/"
              DepthMap:Near="0.5" DepthMap:Far="4" DepthMap:Units="Meters"><Container:Directory><rdf:Seq>
            <rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="Primary" Item:Mime="image/jpeg"/></rdf:li>
            <rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="Depth" Item:Mime="image/png" Item:Length="%d"/></rdf:li>
            </rdf:Seq></Container:Directory></rdf:Description></rdf:RDF></x:xmpmeta>
            """;

    private static byte[] picture(Colour colour, String name, Path folder) throws IOException {
        var shades = new float[W * H];
        for (int i = 0; i < shades.length; i++) {
            shades[i] = (float) (i % W) / (W - 1);
        }
        return written(
                colour == Colour.GREY ? Image.of(W, H, colour, shades) : Image.of(W, H, colour, shades, shades, shades),
                folder.resolve(name));
    }

    /** Nothing is known of the top row. */
    private static byte[] confidence(Path folder) throws IOException {
        var known = new float[W * H];
        Arrays.fill(known, W, known.length, 1);
        return written(Image.of(W, H, Colour.GREY, known), folder.resolve("known.png"));
    }

    private static byte[] written(Image image, Path file) throws IOException {
        image.write(file, Exif.NONE, file.toString().endsWith("png") ? Encoding.DEEP : Encoding.NORMAL);
        return Files.readAllBytes(file);
    }

    static byte[] with(byte[] photo, String xmp, byte[]... behind) {
        byte[] body = JpegParts.body("http://ns.adobe.com/xap/1.0/\0", xmp.getBytes(StandardCharsets.UTF_8));
        byte[] first = JpegParts.of("photo", photo).with(1, List.of(), List.of(body));
        var all = new byte[behind.length + 1][];
        all[0] = first;
        System.arraycopy(behind, 0, all, 1, behind.length);
        return JpegParts.body("", all);
    }

    static byte[] file(Path folder, String format, String unit, double near, double far) throws IOException {
        byte[] map = picture(Colour.GREY, "map.png", folder), known = confidence(folder);
        String xmp = DIRECTORY.formatted(DD, map.length, known.length, format, unit, near, far);
        return with(picture(Colour.SRGB, "photo.jpg", folder), xmp, new byte[3], new byte[5], map, known);
    }

    private Path saved(byte[] bytes) throws IOException {
        Path file = folder.resolve("shot.jpg");
        Files.write(file, bytes);
        return file;
    }

    @ParameterizedTest
    @CsvSource({"RangeInverse, Meters, 0.5, 4", "RangeLinear, Meters, 0.5, 4", "RangeInverse, Diopters, 2, 0.25"})
    void depthBehindThePictureIsRead(String format, String unit, double near, double far) throws IOException {
        DepthMap read = (DepthMap) Depth.read(saved(file(folder, format, unit, near, far)));
        assertThat(read.at(0, 5)).isCloseTo(0.5f, within(1e-3f));
        assertThat(read.at(W - 1, 5)).isCloseTo(4, within(1e-3f));
        assertThat(read.at(W / 2, 5)).isCloseTo(format.equals("RangeLinear") ? 2.25f : 0.8889f, within(1e-3f));
        assertThat(read.at(3, 0)).isNaN();
        assertThat(Depth.inside(folder.resolve("shot.jpg"))).isPresent();
    }

    @Test
    void depthWithoutAUnitIsADisparity() throws IOException {
        Disparity read = (Disparity) Depth.read(saved(file(folder, "RangeInverse", "None", 1, 10)));
        assertThat(read.at(0, 5)).isCloseTo(W, within(1e-2f));
        assertThat(read.at(W - 1, 5)).isCloseTo(W / 10f, within(1e-2f));
    }

    @Test
    void theDirectoryOfTelephonesIsReadAsWell() throws IOException {
        byte[] map = picture(Colour.GREY, "map.png", folder);
        byte[] photo = picture(Colour.SRGB, "photo.jpg", folder);
        DepthMap read = (DepthMap) Depth.read(saved(with(photo, TELEPHONE.formatted(DD, map.length), map)));
        assertThat(read.at(W - 1, 5)).isCloseTo(4, within(1e-3f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-4", "999999", "9999999999", "many"})
    void lengthsThatCannotBeAreOneSentence(String length) throws IOException {
        byte[] map = picture(Colour.GREY, "map.png", folder);
        String xmp = TELEPHONE.formatted(DD, 12345).replace("12345", length);
        Path file = saved(with(picture(Colour.SRGB, "photo.jpg", folder), xmp, map));
        assertThatThrownBy(() -> Depth.read(file))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("cut off before the end of its depth");
    }

    @Test
    void aRangeThatIsNoneIsOneSentence() throws IOException {
        Path file = saved(file(folder, "RangeInverse", "Meters", 4, 0.5));
        assertThatThrownBy(() -> Depth.read(file)).isInstanceOf(BadInput.class).hasMessageContaining("no range");
    }

    /** Cut off at every length and changed at random, it never does more harm than a sentence. */
    @Test
    void hostileFilesAreReadOrToldInOneSentence() throws IOException {
        byte[] whole = file(folder, "RangeInverse", "Meters", 0.5, 4);
        for (int n = 0; n < whole.length; n += 1 + whole.length / 200) {
            Path file = saved(Arrays.copyOf(whole, n));
            assertThatThrownBy(() -> Depth.read(file)).isInstanceOf(BadInput.class);
        }
        var random = new SplittableRandom(13);
        for (int n = 0; n < 300; n++) {
            byte[] damaged = whole.clone();
            for (int k = 0; k < 3; k++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Path file = saved(damaged);
            try {
                Depth.read(file);
            } catch (BadInput told) {
                assertThat(told.getMessage()).contains(file.toString());
            }
        }
    }
}
