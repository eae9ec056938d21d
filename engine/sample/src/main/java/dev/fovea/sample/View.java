package dev.fovea.sample;

import dev.fovea.image.Image;
import java.util.List;

/** The light that falls on the pixels of one frame. */
final class View {
    private final Motion motion;
    private final double cos;
    private final double sin;
    private final int scale;
    private final int margin;
    private final int width;
    private final int height;
    private final Sampling sampling;

    View(Motion motion, int scale, int margin, int width, int height) {
        this.motion = motion;
        this.cos = motion.cos();
        this.sin = motion.sin();
        this.scale = scale;
        this.margin = margin;
        this.width = width;
        this.height = height;
        this.sampling = new Sampling(scale);
    }

    /** Adds a share of the light of the backdrop and what stands before it, to the rows {@code from} to {@code to} of three planes. */
    void add(Image backdrop, List<Cutout> cutouts, float share, float[][] light, int from, int to) {
        var gather = new Gather();
        float[] rgb = new float[3];
        for (int y = from; y < to; y++) {
            for (int x = 0; x < width; x++) {
                double wx = worldX(x, y);
                double wy = worldY(x, y);
                gather.at(wx, wy);
                for (int c = 0; c < 3; c++) {
                    rgb[c] = gather.clamped(backdrop.plane(c), backdrop.width(), backdrop.height());
                }
                for (Cutout thing : cutouts) {
                    over(thing, wx, wy, gather, rgb);
                }
                for (int c = 0; c < 3; c++) {
                    // The kernels' negative lobes may undershoot beside a lamp; light is never negative.
                    light[c][y * width + x] += share * Math.max(0, rgb[c]);
                }
            }
        }
    }

    /** Writes how much of each pixel a thing covers. */
    void cover(Cutout thing, float[] cover, int from, int to) {
        var gather = new Gather();
        for (int y = from; y < to; y++) {
            for (int x = 0; x < width; x++) {
                double wx = worldX(x, y);
                double wy = worldY(x, y);
                cover[y * width + x] = reaches(thing, wx, wy) ? covered(thing, wx, wy, gather) : 0;
            }
        }
    }

    private void over(Cutout thing, double wx, double wy, Gather gather, float[] rgb) {
        if (!reaches(thing, wx, wy)) {
            return;
        }
        float covered = covered(thing, wx, wy, gather);
        for (int c = 0; c < 3; c++) {
            float own = gather.inside(
                    thing.light().plane(c), thing.light().width(), thing.light().height());
            rgb[c] = rgb[c] * (1 - covered) + own;
        }
    }

    private boolean reaches(Cutout thing, double wx, double wy) {
        int r = sampling.radius;
        return wx > thing.x() - r
                && wy > thing.y() - r
                && wx < thing.x() + thing.cover().width() - 1 + r
                && wy < thing.y() + thing.cover().height() - 1 + r;
    }

    private float covered(Cutout thing, double wx, double wy, Gather gather) {
        gather.at(wx - thing.x(), wy - thing.y());
        Image cover = thing.cover();
        return Math.clamp(gather.inside(cover.plane(0), cover.width(), cover.height()), 0, 1);
    }

    private double worldX(int x, int y) {
        double cx = (width - 1) / 2.0;
        return (cx + cos * (x - cx) - sin * (y - (height - 1) / 2.0) + motion.dx() + margin + 0.5) * scale - 0.5;
    }

    private double worldY(int x, int y) {
        double cy = (height - 1) / 2.0;
        return (cy + sin * (x - (width - 1) / 2.0) + cos * (y - cy) + motion.dy() + margin + 0.5) * scale - 0.5;
    }

    /** Gathers the samples around one point; belongs to one thread. */
    private final class Gather {
        private final float[] across = new float[sampling.taps()];
        private final float[] down = new float[sampling.taps()];
        private int left;
        private int top;

        void at(double x, double y) {
            int ix = (int) Math.floor(x);
            int iy = (int) Math.floor(y);
            sampling.at(x - ix, across);
            sampling.at(y - iy, down);
            left = ix - sampling.radius + 1;
            top = iy - sampling.radius + 1;
        }

        /** The weighted sum of a plane whose border is continued outwards. */
        float clamped(float[] plane, int w, int h) {
            int n = across.length;
            boolean within = left >= 0 && left + n <= w;
            float sum = 0;
            for (int j = 0; j < n; j++) {
                int row = Math.clamp(top + j, 0, h - 1) * w;
                float line = 0;
                for (int i = 0; i < n; i++) {
                    line += across[i] * plane[row + (within ? left + i : Math.clamp(left + i, 0, w - 1))];
                }
                sum += down[j] * line;
            }
            return sum;
        }

        /** The weighted sum of a plane with nothing around it. */
        float inside(float[] plane, int w, int h) {
            int i0 = Math.max(0, -left);
            int i1 = Math.min(across.length, w - left);
            float sum = 0;
            for (int j = Math.max(0, -top); j < Math.min(down.length, h - top); j++) {
                int row = (top + j) * w + left;
                float line = 0;
                for (int i = i0; i < i1; i++) {
                    line += across[i] * plane[row + i];
                }
                sum += down[j] * line;
            }
            return sum;
        }
    }
}
