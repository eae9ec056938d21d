package dev.fovea.image;

import java.io.ByteArrayOutputStream;

/** A slow encoder of lossless JPEG, by the letter of T.81, for every predictor and restart interval: the oracle of the decoder. */
final class PlainLosslessJpeg {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int pending;
    private int filled;

    private PlainLosslessJpeg() {}

    /**
     * @param samples row after row, components interleaved, below 2^precision
     * @param restartRows a marker after every so many rows; 0 for none
     */
    static byte[] encode(
            int[] samples, int width, int height, int components, int precision, int predictor, int restartRows) {
        var e = new PlainLosslessJpeg();
        e.headers(width, height, components, precision, predictor, restartRows);
        int row = width * components;
        int marker = 0;
        for (int y = 0; y < height; y++) {
            boolean first = y == 0;
            if (restartRows > 0 && y > 0 && y % restartRows == 0) {
                e.flush();
                e.out.write(0xFF);
                e.out.write(0xD0 + (marker++ & 7));
                first = true;
            }
            for (int x = 0; x < row; x++) {
                int i = y * row + x;
                int prediction = first && x < components
                        ? 1 << precision - 1
                        : first
                                ? samples[i - components]
                                : x < components
                                        ? samples[i - row]
                                        : predict(
                                                predictor,
                                                samples[i - components],
                                                samples[i - row],
                                                samples[i - row - components]);
                e.difference((short) (samples[i] - prediction));
            }
        }
        e.flush();
        e.out.write(0xFF);
        e.out.write(0xD9);
        return e.out.toByteArray();
    }

    private static int predict(int predictor, int left, int above, int corner) {
        return switch (predictor) {
            case 1 -> left;
            case 2 -> above;
            case 3 -> corner;
            case 4 -> left + above - corner;
            case 5 -> left + (above - corner >> 1);
            case 6 -> above + (left - corner >> 1);
            default -> left + above >> 1;
        };
    }

    /** Sizes 0..12 have codes of 4 bits, 13..16 of 15: both look-ups of the decoder are used. */
    private void headers(int width, int height, int components, int precision, int predictor, int restartRows) {
        bytes(0xFF, 0xD8, 0xFF, 0xFE, 0, 4, 'h', 'i');
        bytes(0xFF, 0xC3, 0, 8 + 3 * components, precision);
        bytes(height >> 8, height, width >> 8, width, components);
        for (int c = 0; c < components; c++) {
            bytes(c + 1, 0x11, 0);
        }
        bytes(0xFF, 0xC4, 0, 19 + 17, 0);
        bytes(0, 0, 0, 13, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0);
        for (int s = 0; s < 17; s++) {
            bytes(s);
        }
        if (restartRows > 0) {
            int interval = width * restartRows;
            bytes(0xFF, 0xDD, 0, 4, interval >> 8, interval);
        }
        bytes(0xFF, 0xDA, 0, 6 + 2 * components, components);
        for (int c = 0; c < components; c++) {
            bytes(c + 1, 0);
        }
        bytes(predictor, 0, 0);
    }

    private void difference(short d) {
        int size = d == 0 ? 0 : 32 - Integer.numberOfLeadingZeros(Math.abs((int) d));
        if (size <= 12) {
            bits(size, 4);
        } else {
            bits((13 << 11) + size - 13, 15);
        }
        if (size < 16) {
            bits(d < 0 ? d - 1 : d, size);
        }
    }

    private void bits(int value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            pending = pending << 1 | value >> i & 1;
            if (++filled == 8) {
                out.write(pending);
                if ((pending & 0xFF) == 0xFF) {
                    out.write(0);
                }
                filled = 0;
                pending = 0;
            }
        }
    }

    private void flush() {
        while (filled != 0) {
            bits(1, 1);
        }
    }

    private void bytes(int... values) {
        for (int v : values) {
            out.write(v);
        }
    }
}
