package dev.fovea.space;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import java.util.Arrays;

/**
 * Brings the two pictures of a pair to the same tones, 0..255: a dark scene is brightened, and the right picture gets the left one's
 * exposure and white balance, channel by channel.
 */
record Tones(short[][] left, short[][] right) {
    private static final int CHANNELS = 3;
    private static final int WHITE = 255;
    private static final int BINS = 1024;

    /** The brightest parts of a picture are brought here, if they are darker. */
    private static final float BRIGHT = 0.8f;

    private static final float MOST_GAIN = 8;

    /** Standard deviation, of 0..255, from which noise is smoothed before anything is compared. */
    private static final float NOISY = 7;

    /** Shares of the pixels that are darker than the tones compared, and than what is bright. */
    private static final double[] SHARES = {0.1, 0.25, 0.5, 0.75, 0.9, 0.98};

    private static final int COMPARED = SHARES.length - 1;

    static Tones of(StereoPair pair) {
        Image left = pair.left().to(Colour.SRGB), right = pair.right().to(Colour.SRGB);
        var tones = new float[2 * CHANNELS][];
        Work.rows(2 * CHANNELS, 1, (from, to) -> {
            for (int k = from; k < to; k++) {
                tones[k] = tones((k < CHANNELS ? left : right).plane(k % CHANNELS));
            }
        });
        float brightest = 0;
        for (int c = 0; c < CHANNELS; c++) {
            brightest = Math.max(brightest, tones[c][COMPARED]);
        }
        float gain = Math.clamp(BRIGHT / Math.max(brightest, 1e-3f), 1, MOST_GAIN);
        var l = new short[CHANNELS][];
        var r = new short[CHANNELS][];
        for (int c = 0; c < CHANNELS; c++) {
            float[] line = line(tones[CHANNELS + c], tones[c]);
            l[c] = scaled(left.plane(c), gain, 0);
            r[c] = scaled(right.plane(c), gain * line[0], gain * line[1]);
        }
        if (noise(l[1], left.width(), left.height()) > NOISY) {
            for (int c = 0; c < CHANNELS; c++) {
                l[c] = smoothed(l[c], left.width(), left.height());
                r[c] = smoothed(r[c], left.width(), left.height());
            }
        }
        return new Tones(l, r);
    }

    /** Half the smallest differences to the mean of two neighbours: what even surfaces have, of noise alone. */
    private static float noise(short[] plane, int width, int height) {
        var counts = new int[2 * WHITE + 1];
        int n = 0;
        for (int y = 0; y < height; y += 2) {
            for (int i = y * width + 1; i < (y + 1) * width - 1; i += 2) {
                counts[Math.abs(2 * plane[i] - plane[i - 1] - plane[i + 1])]++;
                n++;
            }
        }
        int seen = 0, d = 0;
        while (d < 2 * WHITE && (seen += counts[d]) < n / 4) {
            d++;
        }
        // of a normal distribution a quarter lies within 0.32 deviations; that of the difference is √6 times the
        // noise's
        return d / (0.32f * 2.45f);
    }

    /** Weights 1, 2, 1 both ways, twice: of noise a fifth is left. */
    private static short[] smoothed(short[] plane, int width, int height) {
        short[] now = plane;
        for (int round = 0; round < 2; round++) {
            short[] from = now;
            var to = new short[from.length];
            Work.rows(height, 32, (top, bottom) -> {
                for (int y = top; y < bottom; y++) {
                    int up = Math.max(0, y - 1) * width, at = y * width, down = Math.min(height - 1, y + 1) * width;
                    for (int x = 0; x < width; x++) {
                        int l = Math.max(0, x - 1), r = Math.min(width - 1, x + 1);
                        int sum = from[up + l]
                                + 2 * from[up + x]
                                + from[up + r]
                                + 2 * from[at + l]
                                + 4 * from[at + x]
                                + 2 * from[at + r]
                                + from[down + l]
                                + 2 * from[down + x]
                                + from[down + r];
                        to[at + x] = (short) (sum + 8 >> 4);
                    }
                }
            });
            now = to;
        }
        return now;
    }

    /** Slope and offset that take tones to others, by least squares. */
    private static float[] line(float[] from, float[] to) {
        double sx = 0, sy = 0, xx = 0, xy = 0;
        for (int i = 0; i < COMPARED; i++) {
            sx += from[i];
            sy += to[i];
            xx += from[i] * from[i];
            xy += from[i] * to[i];
        }
        int n = COMPARED;
        double below = n * xx - sx * sx;
        double slope = below < 1e-6 ? 1 : Math.clamp((n * xy - sx * sy) / below, 1 / MOST_GAIN, MOST_GAIN);
        double offset = (sy - slope * sx) / n;
        // what differs because the views do is not made to differ more
        return Math.abs(slope - 1) < 0.06 && Math.abs(offset) < 0.02
                ? new float[] {1, 0}
                : new float[] {(float) slope, (float) offset};
    }

    private static float[] tones(float[] plane) {
        var histogram = new int[BINS];
        for (float v : plane) {
            histogram[Math.clamp((int) (v * BINS), 0, BINS - 1)]++;
        }
        var tones = new float[SHARES.length];
        long seen = 0;
        for (int b = 0, k = 0; b < BINS && k < SHARES.length; b++) {
            seen += histogram[b];
            while (k < SHARES.length && seen >= SHARES[k] * plane.length) {
                tones[k++] = (b + 0.5f) / BINS;
            }
        }
        return tones;
    }

    private static short[] scaled(float[] plane, float gain, float offset) {
        var out = new short[plane.length];
        Work.rows(plane.length, 1 << 16, (from, to) -> {
            for (int i = from; i < to; i++) {
                float v = (plane[i] * gain + offset) * WHITE + 0.5f;
                out[i] = (short) Math.min(WHITE, Math.max(0, v));
            }
        });
        return out;
    }

    /** Brightness (ITU-R BT.601), framed by its edge repeated. */
    static short[] light(short[][] colours, int width, int height, int across, int down) {
        int pitch = width + 2 * across;
        var light = new short[pitch * (height + 2 * down)];
        Work.rows(height + 2 * down, 32, (from, to) -> {
            for (int y = from; y < to; y++) {
                int row = Math.clamp(y - down, 0, height - 1) * width, at = y * pitch + across;
                for (int x = 0; x < width; x++) {
                    int i = row + x;
                    light[at + x] = (short) (77 * colours[0][i] + 150 * colours[1][i] + 29 * colours[2][i] + 128 >> 8);
                }
                Arrays.fill(light, at - across, at, light[at]);
                Arrays.fill(light, at + width, at + width + across, light[at + width - 1]);
            }
        });
        return light;
    }
}
