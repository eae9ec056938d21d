package dev.fovea.sample;

import dev.fovea.Work;

/** What the damp air and the lens add around bright things. */
final class Glow {
    private static final int BAND = 16;
    /** The glow is smooth: it is worked out on a grid this many times coarser. */
    private static final int COARSE = 8;

    private final int width;
    private final int height;
    private final float[][] light;

    Glow(int width, int height, float[][] light) {
        this.width = width;
        this.height = height;
        this.light = light;
    }

    void apply(NightScene scene) {
        int w = (width + COARSE - 1) / COARSE;
        int h = (height + COARSE - 1) / COARSE;
        for (int c = 0; c < 3; c++) {
            float[] coarse = shrink(light[c], w, h);
            float[] glow = new float[w * h];
            double unit = width / 4080.0;
            // Three blurs, narrow to wide, approximate the long tail of a lens's point spread.
            add(glow, blur(coarse, w, h, Math.max(1, (int) Math.round(1.5 * unit))), 0.040f);
            add(glow, blur(coarse, w, h, Math.max(1, (int) Math.round(6 * unit))), 0.030f);
            add(glow, blur(coarse, w, h, Math.max(2, (int) Math.round(24 * unit))), 0.024f);
            halos(scene, c, glow, w, h);
            spread(glow, light[c], w, h);
        }
    }

    /** Light scattered by fog towards the eye: for a lamp at distance h from the ray it is proportional to 1 / h (Sun 2005). */
    private static void halos(NightScene scene, int c, float[] glow, int w, int h) {
        Work.rows(h, BAND, (from, to) -> {
            for (int y = from; y < to; y++) {
                for (int x = 0; x < w; x++) {
                    double dx = ((x + 0.5) * COARSE - scene.cx) / scene.focal;
                    double dy = (scene.cy - (y + 0.5) * COARSE) / scene.focal;
                    double sum = 0;
                    for (Lamps.Lamp l : scene.street().lamps().all()) {
                        if (l.side() == 0 && l.z() > 2) {
                            double d = Math.hypot(
                                    dx * l.z() - l.x() + NightScene.STAND, dy * l.z() - l.y() + NightScene.EYE);
                            double power = c == 0 ? l.r() : c == 1 ? l.g() : l.b();
                            sum += power * 0.0022 / (d + 0.06) * Math.exp(-d / 2.2);
                        }
                    }
                    glow[y * w + x] += (float) sum;
                }
            }
        });
    }

    private float[] shrink(float[] plane, int w, int h) {
        float[] small = new float[w * h];
        Work.rows(h, BAND, (from, to) -> {
            for (int y = from; y < to; y++) {
                for (int x = 0; x < w; x++) {
                    float sum = 0;
                    int n = 0;
                    for (int v = y * COARSE; v < Math.min(height, (y + 1) * COARSE); v++) {
                        for (int u = x * COARSE; u < Math.min(width, (x + 1) * COARSE); u++) {
                            sum += plane[v * width + u];
                            n++;
                        }
                    }
                    small[y * w + x] = sum / n;
                }
            }
        });
        return small;
    }

    private static void add(float[] sum, float[] plane, float weight) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * plane[i];
        }
    }

    /** Three passes of a box, near enough to a Gaussian. */
    private static float[] blur(float[] plane, int w, int h, int radius) {
        float[] a = plane;
        for (int pass = 0; pass < 3; pass++) {
            a = across(across(a, w, h, radius), h, w, radius);
        }
        return a;
    }

    /** The mean of 2r + 1 values along each row, written transposed. */
    private static float[] across(float[] plane, int w, int h, int r) {
        float[] out = new float[w * h];
        for (int y = 0; y < h; y++) {
            double sum = 0;
            for (int x = -r; x < w; x++) {
                sum += x + r < w ? plane[y * w + x + r] : 0;
                sum -= x - r - 1 >= 0 ? plane[y * w + x - r - 1] : 0;
                if (x >= 0) {
                    out[x * h + y] = (float) (sum / (2 * r + 1));
                }
            }
        }
        return out;
    }

    private void spread(float[] glow, float[] plane, int w, int h) {
        Work.rows(height, BAND, (from, to) -> {
            for (int y = from; y < to; y++) {
                double gy = Math.clamp((y + 0.5) / COARSE - 0.5, 0, h - 1.001);
                int iy = (int) gy;
                float fy = (float) (gy - iy);
                for (int x = 0; x < width; x++) {
                    double gx = Math.clamp((x + 0.5) / COARSE - 0.5, 0, w - 1.001);
                    int i = iy * w + (int) gx;
                    float fx = (float) (gx - (int) gx);
                    float a = glow[i] + fx * (glow[i + 1] - glow[i]);
                    float b = glow[i + w] + fx * (glow[i + w + 1] - glow[i + w]);
                    plane[y * width + x] += a + fy * (b - a);
                }
            }
        });
    }
}
