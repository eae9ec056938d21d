package dev.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DngReaderTest {
    private static final int W = 21;
    private static final int H = 14;

    static Stream<Arguments> layouts() {
        var all = new ArrayList<Arguments>();
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            for (int bits : new int[] {8, 10, 12, 14, 16}) {
                all.add(Arguments.of(order, bits));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void plainStripsAreUnpacked(ByteOrder order, int bits) {
        int[] s = samples(W * H, bits);
        byte[] dng = DngBuilder.mosaic(order, W, H, bits)
                .strips(
                        5,
                        pack(s, W, 0, 5, bits, order),
                        pack(s, W, 5, 10, bits, order),
                        pack(s, W, 10, 14, bits, order))
                .build();
        assertThat(ints(read(dng).plane(0))).isEqualTo(s);
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void plainTilesAreUnpacked(ByteOrder order, int bits) {
        int[] s = samples(W * H, bits);
        byte[] dng = DngBuilder.mosaic(order, W, H, bits)
                .tiles(16, 16, pack(tile(s, 0), 16, 0, 16, bits, order), pack(tile(s, 16), 16, 0, 16, bits, order))
                .build();
        assertThat(ints(read(dng).plane(0))).isEqualTo(s);
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void losslessTilesAreDecodedHoweverTheirRowsAreLaidOut(ByteOrder order, int bits) {
        int[] s = samples(W * H, bits);
        byte[] two = PlainLosslessJpeg.encode(tile(s, 0), 8, 16, 2, bits, 1, 0);
        // Twice as wide and half as high, as some cameras write it.
        byte[] wide = PlainLosslessJpeg.encode(tile(s, 16), 16, 8, 2, bits, 7, 0);
        byte[] dng = DngBuilder.mosaic(order, W, H, bits)
                .shorts(259, 7)
                .tiles(16, 16, two, wide)
                .build();
        assertThat(ints(read(dng).plane(0))).isEqualTo(s);
    }

    @Test
    void linearColoursComeAsThreePlanes() {
        int[] s = samples(4 * 3 * 3, 16);
        byte[] plain = linear().strips(3, pack(s, 12, 0, 3, 16, ByteOrder.LITTLE_ENDIAN))
                .build();
        byte[] lossless = linear().shorts(259, 7)
                .strips(3, PlainLosslessJpeg.encode(s, 4, 3, 3, 16, 4, 0))
                .build();
        for (byte[] dng : List.of(plain, lossless)) {
            Raw raw = read(dng);
            assertThat(raw.cfa()).isEqualTo(Cfa.NONE);
            for (int i = 0; i < s.length; i++) {
                assertThat(raw.plane(i % 3)[i / 3] & 0xFFFF).isEqualTo(s[i]);
            }
        }
    }

    @Test
    void theRawDirectoryIsFoundAmongSubdirectories() {
        byte[] inner = mosaic().build();
        // The first directory is a preview; the raw one, moved behind, is its child.
        byte[] outer = DngBuilder.mosaic(ByteOrder.LITTLE_ENDIAN, 1, 1, 8)
                .longs(254, 1)
                .longs(
                        330,
                        ByteBuffer.wrap(inner).order(ByteOrder.LITTLE_ENDIAN).getInt(4))
                .ratios(50728, 0.5, 1, 0.25)
                .build();
        // Both in one file: the inner file keeps its offsets, the outer directory is appended with its own moved.
        byte[] both = appended(inner, outer);
        Raw raw = read(both);
        assertThat(raw.width()).isEqualTo(W);
        assertThat(raw.colour().neutral()).containsExactly(0.5f, 1f, 0.25f);
    }

    @Test
    void theCropKeepsThePhaseOfTheMosaicAndOfItsBlackLevels() {
        int[] s = samples(W * H, 12);
        byte[] dng = mosaic(s, 12)
                .shorts(50829, 1, 3, 13, 20) // top, left, bottom, right
                .shorts(50719, 2, 1) // across, down
                .shorts(50720, 10, 9)
                .shorts(50713, 2, 2)
                .shorts(50714, 10, 20, 30, 40)
                .build();
        Raw raw = read(dng);
        assertThat(raw.width()).isEqualTo(10);
        assertThat(raw.height()).isEqualTo(9);
        for (int y = 0; y < 9; y++) {
            for (int x = 0; x < 10; x++) {
                assertThat(raw.plane(0)[y * 10 + x]).isEqualTo((short) s[(y + 2) * W + x + 5]);
            }
        }
        // The array and the black levels count from the corner of the active area; the crop cuts one row off.
        assertThat(raw.cfa()).isEqualTo(Cfa.RGGB.shifted(2, 1)).isEqualTo(Cfa.GBRG);
        assertThat(blacks(raw)).containsExactly(30f, 40f, 10f, 20f);
    }

    @Test
    void linearizationTableAndDefaultLevels() {
        int[] s = samples(W * H, 8);
        int[] table = new int[200];
        Arrays.setAll(table, i -> i * i / 4);
        Raw raw = read(mosaic(s, 8).shorts(50712, table).build());
        for (int i = 0; i < s.length; i++) {
            assertThat(raw.plane(0)[i] & 0xFFFF).isEqualTo(table[Math.min(s[i], 199)]);
        }
        assertThat(raw.white()).isEqualTo(table[199]);
        assertThat(read(mosaic(s, 12).build()).white()).isEqualTo(4095);
        assertThat(blacks(read(mosaic(s, 12).build()))).containsOnly(0f);
    }

    @Test
    void blackDeltasAreSubtracted() {
        double[] across = new double[W];
        double[] down = new double[H];
        Arrays.setAll(across, i -> i % 5 + 0.5);
        Arrays.setAll(down, i -> -(i % 3));
        int[] s = samples(W * H, 12);
        Raw raw = read(mosaic(s, 12)
                .shorts(50714, 64)
                .shorts(50717, 4000)
                .ratios(50715, across)
                .ratios(50716, down)
                .build());
        for (int y = 0; y < H; y++) {
            for (int x = 0; x < W; x++) {
                // A value below the black of its column and row by more than the pedestal is cut; samples here are not.
                double light = s[y * W + x] - 64 - across[x] - down[y];
                double span = raw.white() - raw.black(0);
                assertThat(raw.value(0, x, y) * span * 4000 / raw.white()).isCloseTo(light, within(0.1));
            }
        }
    }

    @Test
    void gainMapsUndoLensShading() {
        int[] s = new int[W * H];
        Arrays.fill(s, 1000);
        // Even rows and columns only: the gain rises from 1 at the left to 3 at the right.
        byte[] map = gainMap(0, 0, H, W, 2, 2, 2, 1f, 3f);
        Raw raw = read(mosaic(s, 12).shorts(50714, 100).blob(51009, map).build());
        double plain = 900 / 3995.0;
        assertThat(raw.value(0, 1, 0)).isCloseTo((float) plain, within(1e-4f));
        assertThat(raw.value(0, 0, 1)).isCloseTo((float) plain, within(1e-4f));
        for (int x = 0; x < W; x += 2) {
            double gain = 1 + 2 * (x + 0.5) / W;
            assertThat(raw.value(0, x, 0)).isCloseTo((float) (plain * gain), within(1e-4f));
        }
    }

    @Test
    void coloursNoiseAndExifAreTold() {
        double[] one = {0.9, -0.2, -0.1, -0.4, 1.2, 0.2, -0.05, 0.1, 0.6};
        double[] two = {0.8, -0.2, -0.1, -0.4, 1.1, 0.2, -0.05, 0.1, 0.5};
        Raw raw = read(mosaic().ratios(50721, one)
                .ratios(50722, two)
                .shorts(50778, 17)
                .shorts(50779, 21)
                .ratios(50727, 2, 1, 1)
                .ratios(50728, 0.5, 1, 0.625)
                .ratios(50730, -0.25)
                .doubles(51041, 1e-3, 1e-6, 2e-3, 2e-6, 3e-3, 3e-6)
                .text(271, "Acme")
                .shorts(274, 8)
                .build());
        assertThat(raw.colour().neutral()).containsExactly(0.5f, 1f, 0.625f);
        assertThat(raw.colour().baselineExposure()).isEqualTo(-0.25f);
        var first = raw.colour().calibrations().getFirst();
        assertThat(first.illuminant()).isEqualTo(17);
        // AnalogBalance multiplies the first row.
        assertThat(first.xyzToCamera()).containsExactly(1.8f, -0.4f, -0.2f, -0.4f, 1.2f, 0.2f, -0.05f, 0.1f, 0.6f);
        assertThat(raw.colour().calibrations().get(1).xyzToCamera()[8]).isEqualTo(0.5f);
        assertThat(raw.noise()).contains(new NoiseModel(2e-6, 2e-3));
        assertThat(raw.exif().camera()).isEqualTo("Acme");
        assertThat(raw.exif().orientation()).isEqualTo(8);
    }

    @Test
    void aWhitePointBecomesTheNeutralColour() {
        double[] unit = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        Raw raw = read(mosaic().ratios(50721, unit)
                .shorts(50778, 21)
                .ratios(50729, 0.25, 0.5)
                .build());
        // With the unit matrix the camera sees XYZ: x/y, 1, z/y, scaled to a largest value of 1.
        assertThat(raw.colour().neutral()).containsExactly(0.5f, 1f, 0.5f);
    }

    @Test
    void aCalibrationThatIsNotDiagonalIsFoldedIntoTheForwardMatrix() {
        double[] matrix = {0.9, -0.2, -0.1, -0.4, 1.2, 0.2, -0.05, 0.1, 0.6};
        double[] calibration = {1.1, 0.05, 0, 0, 0.95, 0, 0.02, 0, 1};
        double[] forward = {0.6, 0.3, 0.06, 0.2, 0.9, -0.1, 0, 0.01, 0.8};
        float[] folded = read(mosaic().ratios(50721, matrix)
                        .ratios(50723, calibration)
                        .ratios(50964, forward)
                        .ratios(50728, 0.5, 1, 0.6)
                        .build())
                .colour()
                .calibrations()
                .getFirst()
                .cameraToXyzD50();
        assertThat(folded).isNotNull();
        // White stays white: the rows' sums are those of the reference camera's matrix.
        for (int r = 0; r < 3; r++) {
            double sum = forward[3 * r] + forward[3 * r + 1] + forward[3 * r + 2];
            assertThat(folded[3 * r] + folded[3 * r + 1] + folded[3 * r + 2]).isCloseTo((float) sum, within(1e-5f));
        }
    }

    static DngBuilder mosaic() {
        return mosaic(samples(W * H, 12), 12);
    }

    static DngBuilder mosaic(int[] s, int bits) {
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        return DngBuilder.mosaic(order, W, H, bits).strips(H, pack(s, W, 0, H, bits, order));
    }

    private static DngBuilder linear() {
        return DngBuilder.mosaic(ByteOrder.LITTLE_ENDIAN, 4, 3, 16)
                .shorts(258, 16, 16, 16)
                .shorts(262, 34892)
                .shorts(277, 3);
    }

    private static float[] blacks(Raw raw) {
        return new float[] {raw.black(0), raw.black(1), raw.black(2), raw.black(3)};
    }

    private static Raw read(byte[] dng) {
        return DngReader.read(dng, "a.dng");
    }

    /** The inner file, with the outer file's directory behind it as the main one. */
    private static byte[] appended(byte[] inner, byte[] outer) {
        ByteBuffer in = ByteBuffer.wrap(outer).order(ByteOrder.LITTLE_ENDIAN);
        int shift = inner.length - 8;
        int tags = in.getShort(8);
        for (int i = 0; i < tags; i++) {
            int e = 10 + 12 * i;
            int type = in.getShort(e + 2);
            int size = in.getInt(e + 4) * (type == 10 || type == 12 ? 8 : type == 3 ? 2 : type == 4 ? 4 : 1);
            if (size > 4) {
                in.putInt(e + 8, in.getInt(e + 8) + shift);
            }
        }
        byte[] both = Arrays.copyOf(inner, inner.length + outer.length - 8);
        System.arraycopy(outer, 8, both, inner.length, outer.length - 8);
        ByteBuffer.wrap(both).order(ByteOrder.LITTLE_ENDIAN).putInt(4, inner.length);
        return both;
    }

    static byte[] gainMap(int top, int left, int bottom, int right, int rows, int columns, int points, float... gains) {
        ByteBuffer b = ByteBuffer.allocate(4 + 16 + 76 + 4 * gains.length);
        b.putInt(1).putInt(9).putInt(0x01030000).putInt(0).putInt(76 + 4 * gains.length);
        b.putInt(top)
                .putInt(left)
                .putInt(bottom)
                .putInt(right)
                .putInt(0)
                .putInt(1)
                .putInt(rows)
                .putInt(columns);
        b.putInt(1)
                .putInt(points)
                .putDouble(1)
                .putDouble(1)
                .putDouble(0)
                .putDouble(0)
                .putInt(1);
        for (float g : gains) {
            b.putFloat(g);
        }
        return b.array();
    }

    private static int[] samples(int n, int bits) {
        var random = new Random(n * 31L + bits);
        int[] s = new int[n];
        Arrays.setAll(s, i -> 100 + random.nextInt((1 << bits) - 100));
        return s;
    }

    /** Sixteen columns of the picture from one on; beyond it zeros. */
    private static int[] tile(int[] s, int left) {
        int[] t = new int[16 * 16];
        for (int y = 0; y < H; y++) {
            System.arraycopy(s, y * W + left, t, y * 16, Math.min(16, W - left));
        }
        return t;
    }

    /** Rows as TIFF packs them, each from a whole byte on. */
    private static byte[] pack(int[] s, int w, int from, int to, int bits, ByteOrder order) {
        var out = new ByteArrayOutputStream();
        for (int y = from; y < to; y++) {
            int buffer = 0;
            int have = 0;
            for (int x = 0; x < w; x++) {
                int v = s[y * w + x];
                if (bits == 16 && order == ByteOrder.LITTLE_ENDIAN) {
                    v = Short.toUnsignedInt(Short.reverseBytes((short) v));
                }
                buffer = buffer << bits | v;
                for (have += bits; have >= 8; have -= 8) {
                    out.write(buffer >>> have - 8);
                }
                buffer &= (1 << have) - 1;
            }
            if (have > 0) {
                out.write(buffer << 8 - have);
            }
        }
        return out.toByteArray();
    }

    private static int[] ints(short[] s) {
        int[] n = new int[s.length];
        Arrays.setAll(n, i -> s[i] & 0xFFFF);
        return n;
    }
}
