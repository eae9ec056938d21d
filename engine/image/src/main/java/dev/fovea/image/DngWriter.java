package dev.fovea.image;

import dev.fovea.Work;
import dev.fovea.image.CameraColour.Calibration;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a {@link Raw} as DNG 1.4: 16-bit tiles of lossless JPEG, or plain ones where that would be longer. Samples, levels, colours, noise
 * and EXIF come back as they were, except that the white level is written as a whole number. Values that are linear sRGB get the
 * matrices that say so.
 */
final class DngWriter {
    private static final int TILE = 512;
    private static final int HEADER = 8;

    private final Raw raw;
    private final int samples;
    private final int tileWidth;
    private final int tileHeight;
    private final int across;
    private final int down;

    private DngWriter(Raw raw) {
        this.raw = raw;
        this.samples = raw.cfa().mosaic() ? 1 : 3;
        this.across = (raw.width() + TILE - 1) / TILE;
        this.down = (raw.height() + TILE - 1) / TILE;
        this.tileWidth = tile(raw.width(), across);
        this.tileHeight = tile(raw.height(), down);
    }

    /** Writes a complete file to a stream, which is not closed. */
    static void write(Raw raw, OutputStream out) throws IOException {
        new DngWriter(raw).write(out);
    }

    /** Tiles as equal as multiples of 16 allow (TIFF 6.0, section 15). */
    private static int tile(int size, int count) {
        return ((size + count - 1) / count + 15) / 16 * 16;
    }

    private void write(OutputStream out) throws IOException {
        var tiles = new ArrayList<byte[]>(java.util.Collections.nCopies(across * down, new byte[0]));
        Work.rows(tiles.size(), 1, (from, to) -> tiles.set(from, compressed(from)));
        long plain = 2L * tileWidth * tileHeight * samples * tiles.size();
        boolean pays = tiles.stream().mapToLong(t -> t.length).sum() < plain;
        if (!pays) {
            Work.rows(tiles.size(), 1, (from, to) -> tiles.set(from, plain(from)));
        }
        directories(out, tiles, pays ? 7 : 1);
        for (byte[] tile : tiles) {
            Work.check();
            out.write(tile);
            out.write(new byte[tile.length & 1]);
        }
    }

    private byte[] compressed(int tile) {
        // Two components of half the width keep the colours of a mosaic's row apart.
        int components = samples == 1 ? 2 : 3;
        return LosslessJpegWriter.encode(samples(tile), tileWidth * samples / components, tileHeight, components);
    }

    private byte[] plain(int tile) {
        short[] s = samples(tile);
        var b = ByteBuffer.allocate(2 * s.length);
        b.asShortBuffer().put(s);
        return b.array();
    }

    /** A tile's samples; beyond the picture the last two columns and rows are repeated, which keeps the mosaic and costs few bits. */
    private short[] samples(int tile) {
        int left = tile % across * tileWidth;
        int top = tile / across * tileHeight;
        short[] out = new short[tileWidth * tileHeight * samples];
        int w = raw.width();
        for (int y = 0, i = 0; y < tileHeight; y++) {
            int row = within(top + y, raw.height()) * w;
            int inside = Math.clamp(w - left, 0, tileWidth);
            for (int x = 0; x < inside; x++) {
                for (int c = 0; c < samples; c++) {
                    out[i++] = raw.plane(c)[row + left + x];
                }
            }
            for (int x = inside; x < tileWidth; x++) {
                for (int c = 0; c < samples; c++) {
                    out[i++] = raw.plane(c)[row + within(left + x, w)];
                }
            }
        }
        return out;
    }

    private static int within(int x, int size) {
        return x < size ? x : Math.max(0, size - 2 + (x - size & 1)) % size;
    }

    /** The header and all directories; the tiles follow at once. */
    private void directories(OutputStream out, List<byte[]> tiles, int compression) throws IOException {
        DngTags main = picture(compression);
        colours(main);
        DngTags photo = exif(Exif.Directory.PHOTO);
        DngTags gps = exif(Exif.Directory.GPS);
        for (Exif.Tag tag : raw.exif().tags()) {
            if (tag.directory() == Exif.Directory.MAIN && DngExif.portable(tag)) {
                main.tag(tag);
            }
        }
        main.shorts(274, raw.exif().orientation());
        int[] sizes = tiles.stream().mapToInt(t -> t.length).toArray();
        main.longs(325, sizes).longs(324, new int[sizes.length]);
        main.longs(DngExif.PHOTO, 0);
        if (!gps.empty()) {
            main.longs(DngExif.GPS, 0);
        }
        int photoAt = HEADER + main.length();
        int gpsAt = photoAt + photo.length();
        int tilesAt = gpsAt + (gps.empty() ? 0 : gps.length());
        main.longs(DngExif.PHOTO, photoAt).longs(324, places(tilesAt, sizes));
        if (!gps.empty()) {
            main.longs(DngExif.GPS, gpsAt);
        }
        out.write(new byte[] {'M', 'M', 0, 42, 0, 0, 0, HEADER});
        out.write(main.at(HEADER));
        out.write(photo.at(photoAt));
        out.write(gps.empty() ? new byte[0] : gps.at(gpsAt));
    }

    /** Where each tile begins. Offsets have 32 bits, and the largest picture stays below 4 GiB. */
    private static int[] places(int first, int[] sizes) {
        int[] at = new int[sizes.length];
        for (int i = 0, next = first; i < at.length; next += sizes[i] + (sizes[i] & 1), i++) {
            at[i] = next;
        }
        return at;
    }

    private DngTags exif(Exif.Directory directory) {
        var w = new DngTags();
        if (directory == Exif.Directory.PHOTO) {
            w.tag(new Exif.Tag(directory, 36864, 7, 4, new byte[] {'0', '2', '3', '1'}));
        }
        for (Exif.Tag tag : raw.exif().tags()) {
            if (tag.directory() == directory && DngExif.portable(tag)) {
                w.tag(tag);
            }
        }
        return w;
    }

    private DngTags picture(int compression) {
        boolean mosaic = samples == 1;
        int[] bits = mosaic ? new int[] {16} : new int[] {16, 16, 16};
        var w = new DngTags()
                .longs(254, 0)
                .longs(256, raw.width())
                .longs(257, raw.height())
                .shorts(258, bits)
                .shorts(259, compression)
                .shorts(262, mosaic ? 32803 : 34892)
                .shorts(277, samples)
                .shorts(284, 1)
                .longs(322, tileWidth)
                .longs(323, tileHeight)
                .bytes(50706, 1, 4, 0, 0)
                .bytes(50707, 1, 1, 0, 0);
        String camera = raw.exif().camera();
        w.text(50708, camera.isEmpty() ? "Fovea" : camera);
        int white = Math.round(raw.white());
        if (mosaic) {
            w.shorts(33421, 2, 2)
                    .bytes(33422, colour(0, 0), colour(1, 0), colour(0, 1), colour(1, 1))
                    .bytes(50710, 0, 1, 2)
                    .shorts(50711, 1)
                    .shorts(50713, 2, 2)
                    .rationals(50714, raw.black(0), raw.black(1), raw.black(2), raw.black(3))
                    .longs(50717, white);
        } else {
            w.shorts(50713, 1, 1)
                    .rationals(50714, raw.black(0), raw.black(1), raw.black(2))
                    .longs(50717, white, white, white);
        }
        return w.rationals(50718, 1, 1)
                .rationals(50719, 0, 0)
                .longs(50720, raw.width(), raw.height());
    }

    private int colour(int x, int y) {
        return raw.cfa().colourAt(x, y);
    }

    private void colours(DngTags w) {
        CameraColour colour = raw.colour();
        w.rationals(50728, colour.neutral());
        w.signedRationals(50730, colour.baselineExposure());
        raw.noise().ifPresent(n -> w.doubles(51041, n.shot(), n.read()));
        List<Calibration> calibrations = colour.calibrations().isEmpty()
                ? List.of(linearSrgb(colour.neutral()))
                : colour.calibrations();
        for (int i = 0; i < Math.min(2, calibrations.size()); i++) {
            Calibration c = calibrations.get(i);
            w.signedRationals(50721 + i, c.xyzToCamera()).shorts(50778 + i, c.illuminant());
            float[] forward = c.cameraToXyzD50();
            if (forward != null) {
                w.signedRationals(50964 + i, forward);
            }
        }
    }

    /** Linear sRGB seen through the white balance: its white at D65 is the neutral colour. */
    private static Calibration linearSrgb(float[] neutral) {
        float[] toCamera = new float[9];
        float[] toXyz = new float[9];
        for (int i = 0; i < 9; i++) {
            toCamera[i] = (float) (DngColour.XYZ_TO_SRGB[i] * neutral[i / 3]);
            toXyz[i] = (float) DngColour.SRGB_TO_XYZ_D50[i];
        }
        return new Calibration(DngColour.D65, toCamera, toXyz);
    }
}
