package dev.fovea.image;

import dev.fovea.Work;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads the compact samples of a frame. */
final class Unpack {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BAND = 64;

    private Unpack() {}

    /** All samples as floats 0..1. */
    static Image image(Frame f) {
        if (f.format() == Frame.Format.I420) {
            return fromI420(f);
        }
        int bands = f.colour().planes();
        var planes = new float[bands][f.width() * f.height()];
        Work.rows(f.height(), BAND, (from, to) -> {
            for (int c = 0; c < bands; c++) {
                unpack(f.bytes(), deep(f.format()), c, bands, planes[c], from * f.width(), to * f.width());
            }
        });
        return Image.of(f.width(), f.height(), f.colour(), planes);
    }

    /** One plane of samples as wide as those of the format. */
    static float[] plane(byte[] samples, Frame.Format format, int width, int height) {
        var plane = new float[width * height];
        unpack(samples, deep(format), 0, 1, plane, 0, plane.length);
        return plane;
    }

    private static boolean deep(Frame.Format format) {
        return format == Frame.Format.RGB16 || format == Frame.Format.GREY16;
    }

    private static void unpack(byte[] samples, boolean deep, int c, int bands, float[] plane, int from, int to) {
        if (deep) {
            for (int i = from, s = 2 * (from * bands + c); i < to; i++, s += 2 * bands) {
                plane[i] = ((short) SHORTS.get(samples, s) & 0xFFFF) / 65535f;
            }
        } else {
            for (int i = from, s = from * bands + c; i < to; i++, s += bands) {
                plane[i] = (samples[s] & 0xFF) / 255f;
            }
        }
    }

    /** Chroma between its samples is interpolated: they lie in the middle of four luma samples (JFIF 1.02), so weights are 3/4, 1/4. */
    private static Image fromI420(Frame f) {
        int w = f.width(), h = f.height(), cw = (w + 1) / 2, ch = (h + 1) / 2;
        byte[] bytes = f.bytes();
        var planes = new float[3][w * h];
        Work.rows(h, BAND, (from, to) -> {
            var u = new float[w];
            var v = new float[w];
            for (int y = from; y < to; y++) {
                int near = y / 2, far = Math.clamp(near + ((y & 1) == 0 ? -1 : 1), 0, ch - 1);
                chromaRow(bytes, w * h + near * cw, w * h + far * cw, cw, u);
                chromaRow(bytes, w * h + (ch + near) * cw, w * h + (ch + far) * cw, cw, v);
                for (int x = 0, i = y * w; x < w; x++, i++) {
                    put(bytes[i] & 0xFF, u[x], v[x], planes, i);
                }
            }
        });
        return Image.of(w, h, f.colour(), planes);
    }

    private static void chromaRow(byte[] bytes, int near, int far, int cw, float[] row) {
        for (int x = 0; x < row.length; x++) {
            int a = x / 2, b = Math.clamp(a + ((x & 1) == 0 ? -1 : 1), 0, cw - 1);
            float here = 3 * (bytes[near + a] & 0xFF) + (bytes[far + a] & 0xFF);
            float there = 3 * (bytes[near + b] & 0xFF) + (bytes[far + b] & 0xFF);
            row[x] = (3 * here + there) / 16 - 128;
        }
    }

    /** BT.601, full range (JFIF 1.02). */
    private static void put(float y, float u, float v, float[][] planes, int i) {
        planes[0][i] = unit(y + 1.402f * v);
        planes[1][i] = unit(y - 0.344136f * u - 0.714136f * v);
        planes[2][i] = unit(y + 1.772f * u);
    }

    private static float unit(float v) {
        return Math.clamp(v / 255, 0f, 1f);
    }

    /** A part of the frame shrunk by averaging areas. */
    static Image small(Frame f, Crop part, int w, int h) {
        if (w < 1 || h < 1 || w > part.width() || h > part.height()) {
            throw new IllegalArgumentException("a small picture of " + w + " x " + h + " from " + part + " of " + f);
        }
        if ((long) part.x() + part.width() > f.width() || (long) part.y() + part.height() > f.height()) {
            throw new IllegalArgumentException(part + " reaches beyond " + f);
        }
        int bands = f.colour().planes();
        var planes = new float[bands][w * h];
        Work.rows(h, 8, (from, to) -> {
            for (int c = 0; c < bands; c++) {
                samples(f, part, c).shrink(planes[c], w, h, from, to);
            }
            if (f.format() == Frame.Format.I420) {
                for (int i = from * w; i < to * w; i++) {
                    put(255 * planes[0][i], 255 * planes[1][i] - 128, 255 * planes[2][i] - 128, planes, i);
                }
            }
        });
        return Image.of(w, h, f.colour(), planes);
    }

    private static Samples samples(Frame f, Crop part, int c) {
        int w = f.width(), h = f.height();
        if (f.format() == Frame.Format.I420 && c > 0) {
            int cw = (w + 1) / 2, ch = (h + 1) / 2;
            var half = new Box(part.x() / 2.0, part.y() / 2.0, part.width() / 2.0, part.height() / 2.0);
            return new Samples(f.bytes(), false, w * h + (c - 1) * cw * ch, 1, cw, ch, half);
        }
        int step = f.format() == Frame.Format.I420 ? 1 : f.colour().planes();
        var whole = new Box(part.x(), part.y(), part.width(), part.height());
        return new Samples(f.bytes(), deep(f.format()), c, step, w, h, whole);
    }

    /**
     * One channel where it lies.
     *
     * @param first index of its first sample, in samples
     * @param step samples from one to the next
     * @param part what is wanted, between the edges of samples; for chroma it may begin or end in the middle of one
     */
    private record Samples(byte[] bytes, boolean deep, int first, int step, int columns, int rows, Box part) {

        /** Each result is the mean of the area it covers; samples on its border count by the part that is covered. */
        void shrink(float[] to, int w, int h, int fromRow, int toRow) {
            double sy = part.height() / h;
            float scale = (float) (1 / (sy * (part.width() / w) * (deep ? 65535 : 255)));
            var sum = new float[w];
            for (int y = fromRow; y < toRow; y++) {
                java.util.Arrays.fill(sum, 0);
                double top = part.y() + y * sy, bottom = Math.min(top + sy, part.bottom());
                for (int row = (int) top; row < rows && row < bottom; row++) {
                    addRow(row, (float) (Math.min(bottom, row + 1) - Math.max(top, row)), sum);
                }
                for (int x = 0; x < w; x++) {
                    to[y * w + x] = sum[x] * scale;
                }
            }
        }

        private void addRow(int row, float weight, float[] sum) {
            double sx = part.width() / sum.length;
            int start = first + row * columns * step;
            for (int x = 0; x < sum.length; x++) {
                double left = part.x() + x * sx, right = left + sx;
                int a = (int) left, b = Math.min((int) right, columns - 1);
                float edges = a == b
                        ? (float) (Math.min(right, columns) - left) * at(start, a)
                        : (float) (a + 1 - left) * at(start, a) + (float) (Math.min(right, columns) - b) * at(start, b);
                sum[x] += weight * (edges + inside(start, a + 1, b));
            }
        }

        private long inside(int start, int from, int to) {
            long sum = 0;
            if (deep) {
                for (int x = from, i = start + from * step; x < to; x++, i += step) {
                    sum += (short) SHORTS.get(bytes, 2 * i) & 0xFFFF;
                }
                return sum;
            }
            for (int x = from, i = start + from * step; x < to; x++, i += step) {
                sum += bytes[i] & 0xFF;
            }
            return sum;
        }

        private int at(int start, int x) {
            int i = start + x * step;
            return deep ? (short) SHORTS.get(bytes, 2 * i) & 0xFFFF : bytes[i] & 0xFF;
        }
    }
}
