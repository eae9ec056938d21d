package dev.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.icc.IccDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the camera wrote is kept; read back by metadata-extractor, which shares no code with us. */
class ExifTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "tif"})
    void tagsAreKeptAndOthersReadThem(String extension) throws Exception {
        Path file = folder.resolve("a." + extension);
        Exif exif = Samples.exif().withOrientation(6);
        Samples.slopes(30, 20, Colour.DISPLAY_P3, 8, 4).write(file, exif, Encoding.NORMAL);
        assertSameTags(Shot.read(file).exif(), exif);
        assertThat(Shot.read(file).width()).isEqualTo(30);
        assertThat(Image.read(file).width()).isEqualTo(20);

        var metadata = ImageMetadataReader.readMetadata(file.toFile());
        var main = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        var photo = metadata.getFirstDirectoryOfType(ExifSubIFDDirectory.class);
        var gps = metadata.getFirstDirectoryOfType(GpsDirectory.class);
        assertThat(main.getString(0x10F)).isEqualTo("Fovea");
        assertThat(main.getInt(0x112)).isEqualTo(6);
        assertThat(photo.getRational(0x829A).doubleValue()).isEqualTo(1 / 15.0);
        assertThat(photo.getInt(0x8827)).isEqualTo(3200);
        assertThat(photo.getRational(0x9204).doubleValue()).isEqualTo(-1 / 3.0);
        assertThat(gps.getRationalArray(2)[2].doubleValue()).isEqualTo(34.5);
        var icc = metadata.getFirstDirectoryOfType(IccDirectory.class);
        assertThat(icc.getString(IccDirectory.TAG_COLOR_SPACE)).startsWith("RGB");
        assertThat(icc.getDescription(IccDirectory.TAG_TAG_desc)).contains("Display P3");
        for (var directory : metadata.getDirectories()) {
            assertThat(directory.getErrors()).isEmpty();
        }
    }

    private static void assertSameTags(Exif actual, Exif wanted) {
        Comparator<Exif.Tag> order = Comparator.comparing(Exif.Tag::directory).thenComparing(Exif.Tag::id);
        List<Exif.Tag> a = actual.tags().stream().sorted(order).toList();
        List<Exif.Tag> b = wanted.tags().stream().sorted(order).toList();
        assertThat(a).usingRecursiveComparison().isEqualTo(b);
    }

    @Test
    void littleEndianBlocksAreTurnedRound() {
        var b = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        b.put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) 2);
        b.putShort((short) 0x112).putShort((short) 3).putInt(1).putInt(8);
        b.putShort((short) 0x8769).putShort((short) 4).putInt(1).putInt(38).putInt(0);
        b.putShort((short) 1)
                .putShort((short) 0x829A)
                .putShort((short) 5)
                .putInt(1)
                .putInt(56);
        b.putInt(56, 1).putInt(60, 50);
        Exif exif = ExifBlock.parse(b.array(), 0, 64);
        assertThat(exif.orientation()).isEqualTo(8);
        assertThat(exif.exposureSeconds()).hasValue(0.02);
    }

    @Test
    void whateverIsInABlockNothingIsThrown() {
        byte[] sound = ExifBlock.bytes(Samples.exif());
        var random = new Random(42);
        for (int n = 0; n < 20_000; n++) {
            byte[] bytes = sound.clone();
            for (int k = random.nextInt(8); k >= 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Exif exif = ExifBlock.parse(bytes, 0, random.nextInt(bytes.length + 1));
            exif.exposure();
            exif.camera();
            ExifBlock.bytes(exif);
        }
    }

    @Test
    void whatIsLargeIsLeftOutOfJpegBeforeTheRest() {
        Path file = folder.resolve("a.jpg");
        Exif exif = Samples.exif()
                .with(new Exif.Tag(Exif.Directory.PHOTO, 0x927C, 7, 40_000, new byte[40_000]))
                .with(new Exif.Tag(Exif.Directory.PHOTO, 0x9286, 7, 50_000, new byte[50_000]));
        Samples.slopes(8, 8, Colour.SRGB, 8, 4).write(file, exif, Encoding.NORMAL);
        Exif read = Shot.read(file).exif();
        assertThat(read.tags()).hasSize(exif.tags().size() - 1);
        assertThat(read.tags()).anyMatch(t -> t.id() == 0x927C && t.count() == 40_000);
    }

    @Test
    void aBlockOfManyTagsThatShareTheirBytesIsNoBomb() {
        int n = 60_000;
        var b = ByteBuffer.allocate(8 + 2 + 12 * n + 4);
        b.putInt(0x4D4D002A).putInt(8).putShort((short) 1);
        b.putShort((short) 0x8769).putShort((short) 4).putInt(1).putInt(26).putInt(0);
        b.putShort((short) n);
        for (int i = 0; i < n - 2; i++) {
            b.putShort((short) i).putShort((short) 7).putInt(60_000).putInt(100);
        }
        long kept = ExifBlock.parse(b.array(), 0, b.capacity()).tags().stream()
                .mapToLong(t -> t.bytes().length)
                .sum();
        assertThat(kept).isBetween(1L, 1L << 20);
    }

    @Test
    void anOrientedPictureIsReadUprightFromEveryFormat() throws IOException {
        // An F, so that no two of its eight positions look alike.
        String[] upright = {"####", "#...", "###.", "#...", "#..."};
        for (String extension : List.of("jpg", "png", "tif")) {
            for (int orientation = 1; orientation <= 8; orientation++) {
                Path file = folder.resolve("f" + orientation + "." + extension);
                stored(upright, orientation).write(file, Exif.NONE.withOrientation(orientation), new Encoding(100, 8));
                assertThat(drawn(Image.read(file))).as(file.toString()).isEqualTo(List.of(upright));
                assertThat(Shot.read(file).exif().orientation()).isEqualTo(orientation);
            }
        }
        assertThat(Files.list(folder)).hasSize(24);
    }

    /** The picture as EXIF 2.32 describes it: where the stored row 0 and column 0 lie when it is seen upright. */
    private static Image stored(String[] upright, int orientation) {
        int h = upright.length, w = upright[0].length();
        boolean swapped = orientation >= 5;
        int sw = swapped ? h : w, sh = swapped ? w : h;
        var plane = new float[w * h];
        for (int row = 0; row < sh; row++) {
            for (int column = 0; column < sw; column++) {
                int y = switch (orientation) {
                    case 1, 2 -> row; // row 0 at the top
                    case 3, 4 -> h - 1 - row; // at the bottom
                    case 5, 8 -> orientation == 5 ? column : h - 1 - column; // row 0 at the left
                    default -> orientation == 6 ? column : h - 1 - column; // row 0 at the right
                };
                int x = switch (orientation) {
                    case 1, 4 -> column; // column 0 at the left
                    case 2, 3 -> w - 1 - column; // at the right
                    case 5, 8 -> row;
                    default -> w - 1 - row;
                };
                plane[row * sw + column] = upright[y].charAt(x) == '#' ? 0 : 1;
            }
        }
        return Image.of(sw, sh, Colour.GREY, plane);
    }

    private static List<String> drawn(Image image) {
        var lines = new java.util.ArrayList<String>();
        for (int y = 0; y < image.height(); y++) {
            var line = new StringBuilder();
            for (int x = 0; x < image.width(); x++) {
                line.append(image.plane(0)[y * image.width() + x] < 0.5 ? '#' : '.');
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
