package dev.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.BadInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Broken and malicious DNGs end in one sentence that names the file, what is wrong with it, and the cure. */
class DngHostileTest {
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

    @Test
    void cutOffAnywhere() {
        byte[] plain = DngReaderTest.mosaic().ratios(50728, 0.5, 1, 0.5).build();
        for (int length = 0; length < plain.length; length++) {
            refuses(Arrays.copyOf(plain, length), "");
        }
        byte[] written = DngWriterTest.bytes(DngWriterTest.raw(Cfa.GRBG, 37, 21, 1));
        // The last tile is padded: a cut in the padding loses nothing.
        for (int length = 0; length < written.length - 40; length++) {
            refuses(Arrays.copyOf(written, length), "");
        }
    }

    @Test
    void anyByteChangedGivesAPictureOrASentence() {
        byte[][] sound = {
            DngReaderTest.mosaic()
                    .blob(51009, DngReaderTest.gainMap(0, 0, 14, 21, 1, 1, 2, 1, 2))
                    .build(),
            DngWriterTest.bytes(DngWriterTest.raw(Cfa.RGGB, 20, 18, 2)),
            DngWriterTest.bytes(DngWriterTest.raw(Cfa.NONE, 9, 7, 3))
        };
        var random = new Random(4);
        for (byte[] file : sound) {
            for (int at = 0; at < file.length; at++) {
                byte[] changed = file.clone();
                changed[at] = (byte) random.nextInt();
                if (at + 2 < file.length && random.nextBoolean()) {
                    changed[at + 1] = (byte) (random.nextBoolean() ? 0xFF : 0x7F);
                }
                try {
                    assertThat(DngReader.read(changed, "a.dng").width()).isPositive();
                } catch (BadInput e) {
                    assertThat(e).hasMessageStartingWith("a.dng ").hasMessageEndingWith(".");
                }
            }
        }
    }

    @Test
    void aPromiseOfTooManyPixels() {
        refuses(DngReaderTest.mosaic().longs(256, 40000).longs(257, 40000).build(), "promises 40000 x 40000 pixels");
        refuses(DngReaderTest.mosaic().longs(256, -1).longs(257, -1).build(), "promises");
        refuses(DngReaderTest.mosaic().longs(256, 0).build(), "promises 0 x 14 pixels");
        refuses(DngReaderTest.mosaic().tiles(-1, -1).build(), "tiles of 4294967295 x 4294967295");
    }

    @Test
    void aPromiseThatTheFileIsTooShortFor() {
        refuses(
                DngReaderTest.mosaic()
                        .longs(256, 16000)
                        .longs(257, 16000)
                        .longs(278, 16000)
                        .build(),
                "too short");
        byte[] jpeg = PlainLosslessJpeg.encode(new int[4], 2, 2, 1, 12, 1, 0);
        refuses(
                DngBuilder.mosaic(LITTLE, 16000, 16000, 12)
                        .shorts(259, 7)
                        .strips(16000, jpeg)
                        .build(),
                "too short");
    }

    @Test
    void tilesThatShareTheirBytes() {
        byte[] tile = new byte[16 * 16 * 2];
        byte[][] tiles = new byte[100][0];
        Arrays.fill(tiles, tile);
        byte[] dng =
                DngBuilder.mosaic(LITTLE, 160, 160, 16).tiles(16, 16, tiles).build();
        assertThat(DngReader.read(dng, "a.dng").width()).isEqualTo(160);
        ByteBuffer b = ByteBuffer.wrap(dng).order(LITTLE);
        int[] counts = new int[100];
        int[] same = new int[100];
        Arrays.fill(counts, tile.length);
        Arrays.fill(same, 8);
        var shared = DngBuilder.mosaic(LITTLE, 160, 160, 16)
                .tiles(16, 16)
                .longs(324, same)
                .longs(325, counts);
        assertThat(b.getShort(0)).isNotZero();
        refuses(shared.build(), "");
    }

    @Test
    void directoriesThatPointAtEachOther() {
        byte[] loop = DngReaderTest.mosaic().longs(330, 8).build();
        ByteBuffer b = ByteBuffer.wrap(loop).order(LITTLE);
        int main = b.getInt(4);
        int next = main + 2 + 12 * b.getShort(main);
        b.putInt(next, main);
        refuses(loop, "");
        byte[] child = DngReaderTest.mosaic().longs(330, main).build();
        ByteBuffer.wrap(child).order(LITTLE).putInt(next, 0);
        refuses(child, "point at each other");
    }

    @ParameterizedTest
    @CsvSource({
        "259, 34892, lossy JPEG",
        "259, 52546, JPEG XL",
        "259, 8, deflated",
        "259, 5, compression 5",
        "339, 3, floating-point",
        "258, 32, 32 bits per sample",
        "277, 4, 4 samples per pixel",
        "50711, 2, shifted rows",
        "266, 2, unusual order",
        "262, 2, 'finished picture, but no sensor values'",
        "262, 9, no picture of sensor values"
    })
    void kindsThatAreNotRead(int tag, int value, String sentence) {
        refuses(DngReaderTest.mosaic().shorts(tag, value).build(), sentence);
    }

    @Test
    void mosaicsThatAreNotRead() {
        refuses(DngReaderTest.mosaic().shorts(33421, 6, 6).build(), "X-Trans");
        refuses(
                DngReaderTest.mosaic()
                        .bytes(33422, 0, 1, 3, 2)
                        .bytes(50710, 0, 1, 2, 3)
                        .build(),
                "red, green and blue");
    }

    @Test
    void levelsAndAreasThatMakeNoSense() {
        refuses(DngReaderTest.mosaic().shorts(50714, 5000).build(), "levels");
        refuses(DngReaderTest.mosaic().shorts(50713, 0, 0).shorts(50714, 1).build(), "levels");
        refuses(DngReaderTest.mosaic().shorts(50713, 9, 9).shorts(50714, 1).build(), "levels");
        refuses(DngReaderTest.mosaic().shorts(50829, 0, 0, 99, 99).build(), "active area");
        refuses(DngReaderTest.mosaic().shorts(50719, 30, 0).build(), "crop");
        refuses(DngReaderTest.mosaic().shorts(50720, 0, 0).build(), "crop");
        refuses(DngReaderTest.mosaic().ratios(50721, new double[9]).build(), "");
        refuses(DngReaderTest.mosaic().ratios(50728, 0, 1, 1).build(), "white balance");
    }

    @Test
    void damagedGainMaps() {
        byte[] map = DngReaderTest.gainMap(0, 0, 14, 21, 1, 1, 2, 1, 2);
        ByteBuffer.wrap(map).putInt(20 + 32, 1 << 20);
        refuses(DngReaderTest.mosaic().blob(51009, map).build(), "OpcodeList2");
        byte[] pitch = DngReaderTest.gainMap(0, 0, 14, 21, 1, Integer.MAX_VALUE, 2, 1, 2);
        refuses(DngReaderTest.mosaic().blob(51009, pitch).shorts(50719, 5, 0).build(), "OpcodeList2");
        refuses(DngReaderTest.mosaic().blob(51009, new byte[] {0, 0, 0, 1, 0}).build(), "OpcodeList2");
    }

    @Test
    void otherFiles() {
        refuses(new byte[] {'I', 'I', 43, 0, 8, 0, 0, 0, 16, 0}, "BigTIFF");
        refuses("this is no picture at all".getBytes(java.nio.charset.StandardCharsets.US_ASCII), "is no DNG");
        refuses(DngReaderTest.mosaic().bytes(50706, 2, 0, 0, 0).build(), "DNG version 2");
    }

    private static void refuses(byte[] dng, String sentence) {
        assertThatThrownBy(() -> DngReader.read(dng, "a.dng"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("a.dng ")
                .hasMessageContaining(sentence)
                .hasMessageEndingWith(".");
    }
}
