package dev.fovea.photo;

import dev.fovea.image.Burst;
import dev.fovea.image.Cfa;
import dev.fovea.image.Colour;
import dev.fovea.image.Develop;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import dev.fovea.sample.Actor;
import dev.fovea.sample.BurstSimulator;
import dev.fovea.sample.Cutout;
import dev.fovea.sample.Scenes;
import dev.fovea.sample.Sensor;
import dev.fovea.sample.World;

/** Small bursts from a trembling hand, and how near pictures are to what was there. */
final class NightScenes {
    static final int W = 160;
    static final int H = 120;
    static final NoiseModel NOISE = new NoiseModel(2e-5, 5e-3);

    private static final int MARGIN = 12;
    private static final int SCALE = 2;

    private NightScenes() {}

    /** What a hand takes of {@link #world}: eight frames of 160 × 120 pixels if nothing else is wished. */
    static BurstSimulator hand(Cfa cfa, long seed) {
        return hand(Sensor.plain(NOISE, cfa), seed);
    }

    static BurstSimulator hand(Sensor sensor, long seed) {
        return BurstSimulator.of(sensor, seed).withScale(SCALE).withMargin(MARGIN);
    }

    static World world(int width, int height) {
        return new World(Scenes.patchwork(SCALE * (width + 2 * MARGIN), SCALE * (height + 2 * MARGIN), 5));
    }

    static World still() {
        return world(W, H);
    }

    /** The same in less light. */
    static World dimmed(World world, float factor) {
        Image light = world.backdrop();
        var planes = new float[3][light.width() * light.height()];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < planes[c].length; i++) {
                planes[c][i] = factor * light.plane(c)[i];
            }
        }
        return new World(Image.of(light.width(), light.height(), Colour.LINEAR, planes), world.actors());
    }

    /**
     * A round piece of the picture, cut out elsewhere, crosses it.
     *
     * @param x column of its centre on the reference, in frame pixels; likewise y
     * @param step how far it comes from frame to frame
     */
    record Disc(double x, double y, double radius, double step) {
        World world() {
            World still = still();
            Cutout piece = Cutout.disc(still.backdrop(), 60, 60, (int) (SCALE * radius));
            double dx = SCALE * (x + 0.5 + MARGIN) - 0.5 - 60;
            double dy = SCALE * (y + 0.5 + MARGIN) - 0.5 - 60;
            return new World(still.backdrop(), java.util.List.of(Actor.moving(piece.moved(dx, dy), SCALE * step, 0)));
        }

        /** Whether it covers a pixel of the reference's grid in that frame. */
        boolean covers(int px, int py, int frame) {
            return Math.hypot(px - x - frame * step, py - y) <= radius;
        }
    }

    /** Pixels that are compared. */
    @FunctionalInterface
    interface Region {
        Region ALL = (x, y) -> true;

        boolean has(int x, int y);
    }

    /** PSNR on the display scale, over a region. */
    static double psnr(Image found, Image truth, Region region) {
        Image a = shown(found);
        Image b = shown(truth);
        double sum = 0;
        int n = 0;
        for (int i = 0; i < a.width() * a.height(); i++) {
            if (region.has(i % a.width(), i / a.width())) {
                n++;
                for (int c = 0; c < a.colour().planes(); c++) {
                    double d = a.plane(c)[i] - b.plane(c)[i];
                    sum += d * d / a.colour().planes();
                }
            }
        }
        return -10 * Math.log10(sum / n);
    }

    static double psnr(Image found, Image truth) {
        return psnr(found, truth, Region.ALL);
    }

    private static Image shown(Image image) {
        return image.colour().linear() ? image.to(Colour.SRGB) : image;
    }

    /** A frame of a RAW burst, demosaiced alone. */
    static Image alone(Burst burst, int frame) {
        return new Develop().apply((Raw) burst.shots().get(frame));
    }

    static double mean(Image image) {
        double sum = 0;
        for (int c = 0; c < image.colour().planes(); c++) {
            for (float v : image.plane(c)) {
                sum += Math.clamp(v, 0, 1);
            }
        }
        return sum / image.colour().planes() / image.width() / image.height();
    }
}
