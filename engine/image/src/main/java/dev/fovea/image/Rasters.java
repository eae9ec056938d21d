package dev.fovea.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Takes the samples out of the pictures that Java's image readers make. */
final class Rasters {
    private static final int[] GREY = {0};
    private static final int[] RGB = {0, 1, 2};
    private static final int[] BGR = {2, 1, 0};

    private Rasters() {}

    /**
     * The samples as they are stored, 8 or 16 bits, if they are grey or RGB; other pictures are turned into 8-bit sRGB.
     *
     * @param icc the file's profile, or empty
     */
    static Decoded decoded(Source source, BufferedImage image, Exif exif, byte[] icc) {
        int w = image.getWidth(), h = image.getHeight();
        Raster raster = image.getRaster();
        int type = raster.getSampleModel().getDataType();
        int space = image.getColorModel().getColorSpace().getType();
        boolean plain = image.getColorModel() instanceof ComponentColorModel
                && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT)
                && (space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_RGB);
        if (!plain) {
            return converted(source, image, exif);
        }
        boolean deep = type == DataBuffer.TYPE_USHORT;
        int colours = space == ColorSpace.TYPE_GRAY ? 1 : 3;
        Frame.Format format = format(colours, deep);
        byte[] bytes = deep ? shorts(raster, colours) : bytes(raster, colours);
        boolean alpha = image.getColorModel().hasAlpha();
        var frame = Decoded.frame(source, w, h, format, bytes, Colour.SRGB, exif);
        return new Decoded(IccProfile.applied(frame, icc), alpha ? samples(raster, colours, 1, deep ? 2 : 1) : null);
    }

    static Frame.Format format(int colours, boolean deep) {
        if (colours == 1) {
            return deep ? Frame.Format.GREY16 : Frame.Format.GREY8;
        }
        return deep ? Frame.Format.RGB16 : Frame.Format.RGB8;
    }

    /** Bytes of a raster without coverage: its own array where that lies as wanted. */
    private static byte[] bytes(Raster raster, int bands) {
        if (raster.getDataBuffer() instanceof DataBufferByte buffer) {
            if (packed(raster, bands == 1 ? GREY : RGB)) {
                return buffer.getData();
            }
            if (bands == 3 && packed(raster, BGR)) {
                return reversed(buffer.getData());
            }
        }
        return samples(raster, 0, bands, 1);
    }

    /** As {@link #bytes}, for samples of 16 bits. */
    private static byte[] shorts(Raster raster, int bands) {
        if (!(raster.getDataBuffer() instanceof DataBufferUShort buffer) || !packed(raster, bands == 1 ? GREY : RGB)) {
            return samples(raster, 0, bands, 2);
        }
        short[] shorts = buffer.getData();
        var bytes = new byte[2 * shorts.length];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(shorts);
        return bytes;
    }

    /** Whether a raster's array holds its pixels, the bands of each together and in this order, and nothing else. */
    private static boolean packed(Raster raster, int[] order) {
        DataBuffer buffer = raster.getDataBuffer();
        int row = raster.getWidth() * order.length;
        return buffer.getNumBanks() == 1
                && buffer.getOffset() == 0
                && buffer.getSize() == row * raster.getHeight()
                && raster.getSampleModel() instanceof PixelInterleavedSampleModel model
                && model.getPixelStride() == order.length
                && Arrays.equals(model.getBandOffsets(), order)
                && model.getScanlineStride() == row
                && raster.getSampleModelTranslateX() == 0
                && raster.getSampleModelTranslateY() == 0;
    }

    private static byte[] reversed(byte[] bgr) {
        for (int i = 0; i < bgr.length; i += 3) {
            byte t = bgr[i];
            bgr[i] = bgr[i + 2];
            bgr[i + 2] = t;
        }
        return bgr;
    }

    /** Some bands of a raster, interleaved, of one or two bytes each (little-endian). */
    private static byte[] samples(Raster raster, int first, int count, int size) {
        int w = raster.getWidth(), bands = raster.getNumBands();
        var out = new byte[w * raster.getHeight() * count * size];
        int @Nullable [] row = null;
        for (int y = 0, o = 0; y < raster.getHeight(); y++) {
            row = raster.getPixels(raster.getMinX(), raster.getMinY() + y, w, 1, row);
            for (int x = 0; x < w; x++) {
                for (int c = 0, i = x * bands + first; c < count; c++, i++) {
                    out[o++] = (byte) row[i];
                    if (size == 2) {
                        out[o++] = (byte) (row[i] >> 8);
                    }
                }
            }
        }
        return out;
    }

    private static Decoded converted(Source source, BufferedImage image, Exif exif) {
        int w = image.getWidth(), h = image.getHeight();
        var rgb = new byte[3 * w * h];
        byte @Nullable [] alpha = image.getColorModel().hasAlpha() ? new byte[w * h] : null;
        var row = new int[w];
        for (int y = 0, o = 0; y < h; y++) {
            image.getRGB(0, y, w, 1, row, 0, w);
            for (int x = 0; x < w; x++) {
                rgb[o++] = (byte) (row[x] >> 16);
                rgb[o++] = (byte) (row[x] >> 8);
                rgb[o++] = (byte) row[x];
                if (alpha != null) {
                    alpha[y * w + x] = (byte) (row[x] >> 24);
                }
            }
        }
        return new Decoded(Decoded.frame(source, w, h, Frame.Format.RGB8, rgb, Colour.SRGB, exif), alpha);
    }
}
