package dev.fovea.sample;

import dev.fovea.Work;
import dev.fovea.image.Burst;
import dev.fovea.image.Colour;
import dev.fovea.image.Exif;
import dev.fovea.image.Image;
import dev.fovea.image.Shot;
import java.util.ArrayList;
import java.util.List;

/**
 * Photographs a {@link World} by hand: a burst whose truth, motions and masks are known exactly. The same seed gives the same bits.
 *
 * @param frames how many, at least 1; frame 0 is the reference
 * @param scale world samples per frame pixel along each axis, at least 1. At 1 the truth is the world itself and other frames interpolate
 *     it; from 2 on each pixel integrates the light on its own square, so frames alias as a sensor's do
 * @param margin frame pixels at each side of the world that lie outside the reference, so that moved frames see more of the world; beyond
 *     the world its border is continued
 * @param maxShift the hand's largest shift, in frame pixels
 * @param maxDegrees the hand's largest rotation
 * @param mishap what goes wrong with one frame
 * @param sensor what turns light into numbers
 * @param exif what the camera writes into each shot
 * @param seed of motion and noise
 */
public record BurstSimulator(
        int frames,
        int scale,
        int margin,
        double maxShift,
        double maxDegrees,
        Mishap mishap,
        Sensor sensor,
        Exif exif,
        long seed) {
    private static final int BAND = 16;
    /** Instants of which a blurred exposure is made up, for each pixel of its length. */
    private static final int BLUR_STEPS = 2;

    /** Checks the ranges. */
    public BurstSimulator {
        if (frames < 1 || scale < 1 || margin < 0 || !(maxShift >= 0 && maxDegrees >= 0)) {
            throw new IllegalArgumentException("a burst of " + frames + " frames at scale " + scale + ", margin " + margin
                    + ", shift " + maxShift + ", rotation " + maxDegrees);
        }
    }

    /** Eight frames at scale 1, margin 12, 8 pixels and 0.3° of tremor. */
    public static BurstSimulator of(Sensor sensor, long seed) {
        return new BurstSimulator(8, 1, 12, 8, 0.3, Mishap.NONE, sensor, Exif.NONE, seed);
    }

    /** The same with another number of frames. */
    public BurstSimulator withFrames(int n) {
        return new BurstSimulator(n, scale, margin, maxShift, maxDegrees, mishap, sensor, exif, seed);
    }

    /** The same with another scale. */
    public BurstSimulator withScale(int s) {
        return new BurstSimulator(frames, s, margin, maxShift, maxDegrees, mishap, sensor, exif, seed);
    }

    /** The same with another margin. */
    public BurstSimulator withMargin(int pixels) {
        return new BurstSimulator(frames, scale, pixels, maxShift, maxDegrees, mishap, sensor, exif, seed);
    }

    /** The same with another tremor. */
    public BurstSimulator withTremor(double shift, double degrees) {
        return new BurstSimulator(frames, scale, margin, shift, degrees, mishap, sensor, exif, seed);
    }

    /** The same with another mishap. */
    public BurstSimulator withMishap(Mishap m) {
        return new BurstSimulator(frames, scale, margin, maxShift, maxDegrees, m, sensor, exif, seed);
    }

    /** The same with other metadata. */
    public BurstSimulator withExif(Exif e) {
        return new BurstSimulator(frames, scale, margin, maxShift, maxDegrees, mishap, sensor, e, seed);
    }

    /** Columns of the frames of this world. */
    public int width(World world) {
        return size(world.backdrop().width());
    }

    /** Rows of the frames of this world. */
    public int height(World world) {
        return size(world.backdrop().height());
    }

    /**
     * Takes the burst.
     *
     * @throws IllegalArgumentException if the margins leave no pixel of the world
     */
    public SimulatedBurst shoot(World world) {
        List<Motion> motions = motions();
        var shots = new ArrayList<Shot>();
        Image truth = clean(world, 0);
        for (int k = 0; k < frames; k++) {
            Work.step("taking frames", k / (double) frames);
            Image light = k == 0 ? truth : clean(world, k);
            shots.add(sensor.expose(light, Randomness.mix(seed + k), exif, "simulated frame " + k));
        }
        var masks = world.actors().stream().map(a -> mask(world, a)).toList();
        return new SimulatedBurst(new Burst(shots), truth, motions, masks);
    }

    /** How each frame lies on the reference, a {@link Mishap.Jump} included. */
    public List<Motion> motions() {
        var motions = new ArrayList<>(Tremor.walk(frames, maxShift, maxDegrees, seed));
        if (mishap instanceof Mishap.Jump(int frame, double dx, double dy) && frame < frames) {
            motions.set(frame, motions.get(frame).plus(dx, dy));
        }
        return motions;
    }

    /** The light of one frame without noise: LINEAR, of the frames' size, not cut off at saturation. */
    public Image clean(World world, int frame) {
        Motion motion = motions().get(frame);
        int w = width(world);
        int h = height(world);
        float[][] light = new float[3][w * h];
        List<Cutout> cutouts =
                world.actors().stream().map(a -> a.at(frame)).toList();
        List<Motion> instants = instants(motion, frame);
        for (Motion instant : instants) {
            var view = new View(instant, scale, margin, w, h);
            Work.rows(h, BAND, (from, to) -> view.add(world.backdrop(), cutouts, 1f / instants.size(), light, from, to));
        }
        return Image.of(w, h, Colour.LINEAR, light);
    }

    private Image mask(World world, Actor actor) {
        int w = width(world);
        int h = height(world);
        float[] cover = new float[w * h];
        var view = new View(Motion.NONE, scale, margin, w, h);
        Cutout cutout = actor.at(0);
        Work.rows(h, BAND, (from, to) -> view.cover(cutout, cover, from, to));
        return Image.of(w, h, Colour.LINEAR_GREY, cover);
    }

    private List<Motion> instants(Motion motion, int frame) {
        if (!(mishap instanceof Mishap.Blur(int blurred, double dx, double dy)) || blurred != frame) {
            return List.of(motion);
        }
        int n = Math.max(2, (int) Math.ceil(BLUR_STEPS * Math.hypot(dx, dy)));
        var instants = new ArrayList<Motion>();
        for (int i = 0; i < n; i++) {
            double t = (i + 0.5) / n - 0.5;
            instants.add(motion.plus(t * dx, t * dy));
        }
        return instants;
    }

    private int size(int world) {
        int size = world / scale - 2 * margin;
        if (size < 1) {
            throw new IllegalArgumentException(
                    "a world of " + world + " samples leaves nothing inside margins of " + margin + " pixels");
        }
        return size;
    }
}
