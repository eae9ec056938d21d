package dev.fovea.image;

import dev.fovea.BadInput;

/**
 * Where the pixels of a DNG's raw directory lie: strips or tiles, called chunks here. Everything that the directory promises is checked
 * against the file before anything is allocated.
 *
 * @param samples per pixel: 1 for a mosaic, 3 for linear colours
 * @param chunkWidth pixels per row of a chunk; chunks at the right edge reach beyond the picture
 * @param across chunks side by side
 * @param offsets where each chunk begins
 * @param counts its bytes
 */
record DngLayout(
        int width,
        int height,
        int samples,
        int bits,
        boolean compressed,
        int chunkWidth,
        int chunkHeight,
        int across,
        boolean strips,
        long[] offsets,
        long[] counts) {
    private static final int PLAIN = 1;
    private static final int LOSSLESS_JPEG = 7;

    static DngLayout of(DngDirectory d) {
        long width = d.integer(256, 0);
        long height = d.integer(257, 0);
        if (width < 1 || height < 1 || width > Image.MAX_PIXELS || width * height > Image.MAX_PIXELS) {
            throw d.file()
                    .bad(
                            "promises " + width + " x " + height + " pixels",
                            "give a picture of at least 1 and at most 2^28 pixels");
        }
        int samples = (int) d.integer(277, 1);
        int compression = (int) d.integer(259, PLAIN);
        int bits = (int) d.integer(258, 1);
        checkKind(d, samples, compression, bits);
        boolean strips = !d.has(322);
        long chunkWidth = strips ? width : d.integer(322, 0);
        long chunkHeight = strips ? Math.min(height, d.integer(278, height)) : d.integer(323, 0);
        if (chunkWidth < 1 || chunkHeight < 1 || chunkWidth * chunkHeight > Image.MAX_PIXELS) {
            throw d.file().bad("has tiles of " + chunkWidth + " x " + chunkHeight + " pixels", COPY);
        }
        long across = (width + chunkWidth - 1) / chunkWidth;
        long down = (height + chunkHeight - 1) / chunkHeight;
        int offsets = strips ? 273 : 324;
        int counts = strips ? 279 : 325;
        if (d.count(offsets) < across * down || d.count(counts) < across * down) {
            throw d.file().bad("lacks the places of its " + across * down + " strips or tiles", COPY);
        }
        var layout = new DngLayout(
                (int) width,
                (int) height,
                samples,
                bits,
                compression == LOSSLESS_JPEG,
                (int) chunkWidth,
                (int) chunkHeight,
                (int) across,
                strips,
                d.integers(offsets),
                d.integers(counts));
        layout.checkLength(d.file(), (int) (across * down));
        return layout;
    }

    private static final String COPY = "copy it from the camera again";
    private static final String CONVERT = "convert it to a losslessly compressed or uncompressed DNG";

    private static void checkKind(DngDirectory d, int samples, int compression, int bits) {
        String kind =
                switch (compression) {
                    case PLAIN, LOSSLESS_JPEG -> "";
                    case 8, 32946 -> "deflated pixels";
                    case 34892 -> "lossy JPEG pixels";
                    case 52546 -> "JPEG XL pixels";
                    default -> "pixels of compression " + compression;
                };
        if (!kind.isEmpty()) {
            throw d.file().bad("holds " + kind, CONVERT);
        }
        if (d.integer(339, 1) != 1) {
            throw d.file().bad("holds floating-point pixels", "convert it to a DNG of 16-bit integers");
        }
        if (samples != 1 && samples != 3) {
            throw d.file().bad("has " + samples + " samples per pixel", "give a Bayer mosaic, or linear red, green and blue");
        }
        if (bits < 8 || bits > 16) {
            throw d.file().bad("has " + bits + " bits per sample", "convert it to a DNG of 8 to 16 bits");
        }
        boolean interleaved = d.integer(284, 1) != 1 && samples > 1
                || d.integer(52547, 1) != 1
                || d.integer(50975, 1) != 1
                || d.integer(50974, 1) != 1
                || d.integer(266, 1) != 1;
        if (interleaved) {
            throw d.file().bad("keeps its pixels in an unusual order", CONVERT);
        }
    }

    /** Refuses when the chunks lie beyond the end, or are too short for their pixels even at one bit per sample. */
    private void checkLength(DngFile file, int chunks) {
        long promised = 0;
        for (int i = 0; i < chunks; i++) {
            file.need(offsets[i], counts[i]);
            long needed = compressed ? chunkSamples(i) / 8 : rows(i) * rowBytes();
            if (counts[i] < needed) {
                throw tooShort(file);
            }
            promised += counts[i];
        }
        // Chunks that share their bytes would promise more than the file can hold.
        if (promised > file.length()) {
            throw tooShort(file);
        }
    }

    private static BadInput tooShort(DngFile file) {
        return file.bad("is too short for the pixels that it promises", COPY);
    }

    /** How many chunks the picture consists of; the lists may be longer. */
    int chunks() {
        return across * ((height + chunkHeight - 1) / chunkHeight);
    }

    /** The first column of a chunk. */
    int left(int chunk) {
        return chunk % across * chunkWidth;
    }

    /** The first row of a chunk. */
    int top(int chunk) {
        return chunk / across * chunkHeight;
    }

    /** The rows that a chunk has in the picture. */
    int rows(int chunk) {
        return Math.min(chunkHeight, height - top(chunk));
    }

    /** The bytes of one uncompressed row of a chunk: rows begin at whole bytes. */
    long rowBytes() {
        return ((long) chunkWidth * samples * bits + 7) / 8;
    }

    private long chunkSamples(int chunk) {
        return (long) chunkWidth * rows(chunk) * samples;
    }
}
