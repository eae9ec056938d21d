package dev.fovea.image;

import dev.fovea.BadInput;
import dev.fovea.image.DngLevels.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a DNG (DNG 1.0 to 1.7, as far as its pixels are integers): a Bayer mosaic or linear colours, 8 to 16 bits, uncompressed or
 * lossless JPEG, in strips or tiles, cropped to what the camera means to show.
 *
 * <p>Of the corrections that a camera may ask for, the gain maps of OpcodeList2 (lens shading) are applied; bad-pixel lists, lens
 * distortion and chromatic aberration (OpcodeList1 and 3) are not. DefaultScale (pixels that are not square) is ignored. NoiseProfile is
 * that before the gain maps. See {@link DngLevels} and {@link DngColour} for levels and colours.
 */
final class DngReader {
    private static final int CFA = 32803;
    private static final int LINEAR_RAW = 34892;

    private final DngFile file;
    private final DngDirectory main;
    private final DngDirectory raw;
    private final List<DngDirectory> all;

    private DngReader(DngFile file) {
        this.file = file;
        this.all = file.directories();
        this.main = all.getFirst();
        this.raw = raw();
    }

    /**
     * Reads a file.
     *
     * @throws BadInput if it is no DNG that can be read, damaged, or cut off
     * @throws IOException if the file cannot be read
     */
    static Raw read(Path path) throws IOException {
        long size = Files.size(path);
        if (size > Integer.MAX_VALUE - 16) {
            throw new BadInput(path.toString(), "has " + size + " bytes", "give a DNG of less than 2 GiB");
        }
        return read(Files.readAllBytes(path), path.toString());
    }

    /** As {@link #read(Path)} from bytes. */
    static Raw read(byte[] bytes, String source) {
        return new DngReader(new DngFile(bytes, source)).raw(source);
    }

    /** Whether a file that begins like a TIFF is a DNG. */
    static boolean dng(byte[] bytes, String source) {
        try {
            return new DngFile(bytes, source).directories().getFirst().has(50706);
        } catch (BadInput e) {
            return false;
        }
    }

    private Raw raw(String source) {
        if (main.has(50706) && main.integers(50706)[0] != 1) {
            throw file.bad("is of DNG version " + main.integers(50706)[0], "convert it to DNG 1.4");
        }
        DngLayout layout = DngLayout.of(raw);
        Cfa cfa = layout.samples() == 3 ? Cfa.NONE : cfa();
        Box active = active(layout);
        Box crop = crop(active);
        var levels = new DngLevels(raw, layout, active, crop);
        CameraColour colour = DngColour.of(main);
        Exif exif = DngExif.of(main);
        short[][] planes = new DngPixels(file, layout, crop, wide16()).read();
        DngLevels.Levels l = levels.apply(planes);
        return new Raw(
                crop.width(),
                crop.height(),
                cfa.shifted(crop.x() - active.x(), crop.y() - active.y()),
                planes,
                l.black(),
                l.white(),
                colour,
                DngColour.noise(raw).or(() -> DngColour.noise(main)),
                exif,
                source);
    }

    /** The directory of the full picture as the sensor saw it (NewSubFileType 0); the largest if there are several. */
    private DngDirectory raw() {
        DngDirectory best = null;
        boolean picture = false;
        for (DngDirectory d : all) {
            long kind = d.integer(262, -1);
            picture |= kind == 2 || kind == 6;
            boolean full = (d.integer(254, 0) & 1) == 0;
            if (full && (kind == CFA || kind == LINEAR_RAW) && (best == null || area(d) > area(best))) {
                best = d;
            }
        }
        if (best == null) {
            throw file.bad(
                    picture ? "holds a finished picture, but no sensor values" : "holds no picture of sensor values",
                    "give a .dng file as a camera or a DNG converter wrote it");
        }
        return best;
    }

    private static double area(DngDirectory d) {
        return d.number(256, 0) * d.number(257, 0);
    }

    private Cfa cfa() {
        long[] repeat = raw.count(33421) == 2 ? raw.integers(33421) : new long[] {2, 2};
        if (raw.integer(262, 0) != CFA || repeat[0] != 2 || repeat[1] != 2) {
            String what = repeat[0] == 6 ? "an X-Trans mosaic" : "a mosaic of " + repeat[0] + " x " + repeat[1];
            throw unusual(raw.integer(262, 0) == CFA ? what : "linear values of a single colour");
        }
        if (raw.integer(50711, 1) != 1) {
            throw unusual("a mosaic of shifted rows");
        }
        // CFAPattern counts in the order of CFAPlaneColor, which for three colours is red, green, blue unless told otherwise.
        long[] order = raw.has(50710) ? raw.integers(50710) : new long[] {0, 1, 2};
        long[] pattern = raw.count(33422) == 4 ? raw.integers(33422) : new long[] {0, 1, 1, 2};
        for (Cfa c : Cfa.values()) {
            boolean same = c.mosaic() && Arrays.equals(order, new long[] {0, 1, 2});
            for (int i = 0; same && i < 4; i++) {
                same = c.colourAt(i & 1, i >> 1) == pattern[i];
            }
            if (same) {
                return c;
            }
        }
        throw unusual("a mosaic that is not red, green and blue");
    }

    private BadInput unusual(String what) {
        return file.bad("holds " + what, "convert it to a linear DNG (demosaiced) with a DNG converter");
    }

    private Box active(DngLayout layout) {
        if (raw.count(50829) != 4) {
            return new Box(0, 0, layout.width(), layout.height());
        }
        long[] a = raw.integers(50829);
        if (a[0] < 0 || a[1] < 0 || a[2] <= a[0] || a[3] <= a[1] || a[2] > layout.height() || a[3] > layout.width()) {
            throw file.bad("has an active area outside of its pixels", "write it again with a DNG converter");
        }
        return new Box((int) a[1], (int) a[0], (int) (a[3] - a[1]), (int) (a[2] - a[0]));
    }

    /** The default crop, as far as it lies within the active area; its corner may be given in fractions of a pixel. */
    private Box crop(Box active) {
        double[] origin = raw.numbers(50719, 0, 0);
        double[] size = raw.numbers(50720, active.width(), active.height());
        long x = Math.round(origin[0]);
        long y = Math.round(origin[1]);
        long width = Math.min(Math.round(size[0]), active.width() - x);
        long height = Math.min(Math.round(size[1]), active.height() - y);
        if (x < 0 || y < 0 || width < 1 || height < 1) {
            throw file.bad("has a crop outside of its pixels", "write it again with a DNG converter");
        }
        return new Box(active.x() + (int) x, active.y() + (int) y, (int) width, (int) height);
    }

    /** Writers before DNG 1.1 put 16 bits after a difference of 16 bits. */
    private boolean wide16() {
        if (!main.has(50706)) {
            return false;
        }
        long[] v = main.integers(50706);
        return v.length == 4 && v[0] == 1 && v[1] < 1;
    }
}
