package dev.fovea.video;

import dev.fovea.video.kernel.YuvRows;

/**
 * A code of Y'CbCr with 8 bits: which weights make luma (ITU-R BT.601-7, BT.709-6, BT.2020-2), which numbers are black and white, and
 * where chroma lies.
 *
 * @param red weight of red in luma
 * @param blue weight of blue in luma
 * @param full black is 0 and white 255; otherwise 16 and 235
 * @param centred chroma lies between two luma samples (JPEG), not on the left one of them (MPEG-2 and after)
 */
record Yuv(double red, double blue, boolean full, boolean centred) {
    /** What {@link dev.fovea.image.Frame.Format#I420} holds: BT.601, full range, as in JPEG. */
    static final Yuv FRAME = new Yuv(0.299, 0.114, true, true);

    /** Standard definition, as encoders write it. */
    static final Yuv BT601 = new Yuv(0.299, 0.114, false, false);

    /** High definition, as encoders write it. */
    static final Yuv BT709 = new Yuv(0.2126, 0.0722, false, false);

    private double green() {
        return 1 - red - blue;
    }

    private double lumaSpan() {
        return full ? 255 : 219;
    }

    private double chromaSpan() {
        return full ? 255 : 224;
    }

    private double black() {
        return full ? 0 : 16;
    }

    /** How samples of this code become those of another one. */
    Conversion to(Yuv other) {
        // R, G and B minus Y of one unit of Cb and of Cr
        double[] cb = {0, -2 * blue * (1 - blue) / green(), 2 * (1 - blue)};
        double[] cr = {2 * (1 - red), -2 * red * (1 - red) / green(), 0};
        double lumaOfCb = other.luma(cb), lumaOfCr = other.luma(cr);
        double luma = other.lumaSpan() / chromaSpan(), chroma = other.chromaSpan() / chromaSpan();
        double blueRange = 2 * (1 - other.blue), redRange = 2 * (1 - other.red);
        double gain = other.lumaSpan() / lumaSpan();
        return new Conversion(
                fixed(gain, YuvRows.BITS),
                fixed(other.black() - gain * black() + 0.5, YuvRows.BITS),
                small(luma * lumaOfCb),
                small(luma * lumaOfCr),
                small(chroma * (cb[2] - lumaOfCb) / blueRange),
                small(chroma * (cr[2] - lumaOfCr) / blueRange),
                small(chroma * (cb[0] - lumaOfCb) / redRange),
                small(chroma * (cr[0] - lumaOfCr) / redRange),
                centred == other.centred ? 0 : other.centred ? 1 : -1);
    }

    private double luma(double[] rgb) {
        return red * rgb[0] + green() * rgb[1] + blue * rgb[2];
    }

    private static int small(double v) {
        return fixed(v, YuvRows.BITS - YuvRows.CHROMA_BITS);
    }

    private static int fixed(double v, int bits) {
        return (int) Math.round(v * (1 << bits));
    }

    /**
     * Coefficients in fixed point, see {@link YuvRows}.
     *
     * @param gain of luma
     * @param bias of luma, half a unit for rounding included
     * @param yu what U adds to Y
     * @param yv what V adds to Y
     * @param uu of U for U
     * @param uv of V for U
     * @param vu of U for V
     * @param vv of V for V
     * @param shift where chroma goes: 1 right, -1 left by a quarter of its distance, 0 stays
     */
    record Conversion(int gain, int bias, int yu, int yv, int uu, int uv, int vu, int vv, int shift) {
        private static final int CHROMA_BIAS = (128 << YuvRows.BITS) + (1 << YuvRows.BITS - 1);

        /** Whether nothing changes. */
        boolean same() {
            return gain == 1 << YuvRows.BITS
                    && bias == 1 << YuvRows.BITS - 1
                    && straight()
                    && shift == 0
                    && uu == vv
                    && uu == 1 << YuvRows.BITS - YuvRows.CHROMA_BITS;
        }

        /** Whether luma depends on luma alone. */
        private boolean straight() {
            return yu == 0 && yv == 0 && uv == 0 && vu == 0;
        }

        /**
         * Converts I420 planes that lie one after the other.
         *
         * @param in samples of this code
         * @param out of the other one; may be {@code in}
         */
        void planes(byte[] in, int width, int height, byte[] out) {
            int cw = (width + 1) / 2, ch = (height + 1) / 2, u = width * height, v = u + cw * ch;
            var us = new int[cw];
            var vs = new int[cw];
            var terms = new int[cw];
            byte[] table = straight() ? table() : new byte[0];
            for (int row = 0; row < ch; row++) {
                chromaRow(in, u + row * cw, cw, us);
                chromaRow(in, v + row * cw, cw, vs);
                YuvRows.terms(us, vs, cw, yu, yv, bias, terms);
                for (int y = 2 * row; y < Math.min(height, 2 * row + 2); y++) {
                    lumaRow(in, y * width, width, terms, table, out);
                }
                YuvRows.chroma(us, vs, cw, uu, uv, CHROMA_BIAS, out, u + row * cw);
                YuvRows.chroma(us, vs, cw, vu, vv, CHROMA_BIAS, out, v + row * cw);
            }
        }

        private void chromaRow(byte[] in, int from, int n, int[] out) {
            if (shift == 0) {
                YuvRows.centred(in, from, n, out);
            } else {
                YuvRows.shifted(in, from, n, shift > 0, out);
            }
        }

        private void lumaRow(byte[] in, int at, int n, int[] terms, byte[] table, byte[] out) {
            if (table.length > 0) {
                YuvRows.table(in, at, n, table, out, at);
            } else {
                YuvRows.luma(in, at, n, gain, terms, out, at);
            }
        }

        /** Luma alone, of a grey picture. */
        void grey(byte[] samples) {
            YuvRows.table(samples, 0, samples.length, table(), samples, 0);
        }

        private byte[] table() {
            var all = new byte[256];
            var identity = new byte[256];
            for (int i = 0; i < 256; i++) {
                identity[i] = (byte) i;
            }
            var terms = new int[128];
            java.util.Arrays.fill(terms, bias);
            YuvRows.luma(identity, 0, 256, gain, terms, all, 0);
            return all;
        }
    }
}
