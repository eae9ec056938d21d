package dev.fovea.photo;

import dev.fovea.BadInput;
import dev.fovea.Knob;
import dev.fovea.Knobs;
import dev.fovea.Stage;
import dev.fovea.Work;
import dev.fovea.image.Burst;
import dev.fovea.image.Colour;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Raw;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes one picture of higher resolution of a handheld burst: the tremor of the hand shifts the frames by parts of a pixel, so that they
 * sample the scene at different places (Wronski 2019). The frames are merged on the reference's grid; then, on the finer grid, what every
 * frame measured is compared with what the picture predicts for it, and the differences are brought back (Irani and Peleg 1991), the blur
 * of lens and pixel undone as far as noise allows. A frame alone is enlarged the same way; where the other frames cannot be trusted, the
 * picture is as good as that.
 *
 * <p>The result lies on the reference's grid: its size is scale times the frames', rounded; pixel centres are at (x + 0.5) scale − 0.5.
 *
 * @param scale see its knob
 * @param look how the result is toned
 * @param reference index of the frame that the result lies on; the sharpest if empty
 * @param blur see its knob
 * @param denoise see its knob
 * @param network see its knob
 */
public record SuperRes(
        @Knob(normal = 2, min = 1, max = 3, step = 0.1, help = "How many times wider and higher the result is.")
        double scale,

        NightShot.Look look,
        OptionalInt reference,

        @Knob(
                normal = 0.4,
                max = 1,
                step = 0.05,
                unit = "pixels",
                help = "How much the lens blurs (standard deviation), which is undone as far as noise allows.")
        double blur,

        @Knob(normal = 1, max = 3, step = 0.05, help = "How strongly noise is removed.")
        double denoise,

        @Knob(
                normal = 1,
                max = 1,
                help = "Whether small networks finish the picture, if there is something that runs them.")
        boolean network)
        implements Stage<Burst, Image> {
    /** Sensor values above this are taken to be saturated: averages of clipped noise lie a little below 1. */
    private static final float SATURATED = 0.94f;

    private static final int ROUNDS = 3;

    /** Twice the size, with the reference's own tones. */
    public SuperRes() {
        this(2);
    }

    /** So many times the size, with the reference's own tones. */
    public SuperRes(double scale) {
        this(scale, NightShot.Look.NEUTRAL, OptionalInt.empty(), 0.4, 1, true);
    }

    /** Checks the knobs. */
    public SuperRes {
        Knobs.check(SuperRes.class, scale, blur, denoise, network ? 1 : 0);
    }

    /** The same for a lens of another blur. */
    public SuperRes withBlur(double pixels) {
        return new SuperRes(scale, look, reference, pixels, denoise, network);
    }

    /** The same on another frame's grid. */
    public SuperRes withReference(int index) {
        return new SuperRes(scale, look, OptionalInt.of(index), blur, denoise, network);
    }

    /** The same with or without networks. */
    public SuperRes withNetwork(boolean helps) {
        return new SuperRes(scale, look, reference, blur, denoise, helps);
    }

    /**
     * The picture alone.
     *
     * @throws BadInput if the burst is black throughout, or the result would have more than 2^28 pixels
     * @throws IllegalArgumentException if the reference is no frame of the burst
     */
    @Override
    public Image apply(Burst burst) {
        return enlarge(burst).image();
    }

    /**
     * The picture and all that was learned on the way.
     *
     * @throws BadInput if the burst is black throughout, or the result would have more than 2^28 pixels
     * @throws IllegalArgumentException if the reference is no frame of the burst
     */
    public Night enlarge(Burst burst) {
        Merging merging = merging(burst);
        Image image = image(burst, merging);
        Image shown =
                look == NightShot.Look.NATURAL ? Tone.NATURAL.apply(image.to(Colour.LINEAR), merging.noise()) : image;
        return merging.night(burst.raw() ? shown : shown.to(image.colour()), Optional.empty(), burst);
    }

    private Image image(Burst burst, Merging merging) {
        try (Finisher finisher = network ? Finisher.present().orElse(null) : null) {
            return finisher == null
                    ? classical(burst, merging, ROUNDS).image()
                    : finisher.apply(classical(burst, merging, 1), scale);
        }
    }

    /** What the samples alone tell, in its own tones: what the finisher gets. */
    public Enlarged classical(Burst burst) {
        return classical(burst, merging(burst), 1);
    }

    private Merging merging(Burst burst) {
        if ((long) size(burst.width()) * size(burst.height()) > Image.MAX_PIXELS) {
            throw new BadInput(
                    burst.shots().getFirst().source(),
                    "would become " + size(burst.width()) + " x " + size(burst.height()) + " pixels, more than 2^28",
                    "choose a smaller scale");
        }
        NightShot merge = new NightShot(look, reference, Optional.empty(), 1.8, denoise);
        merge.check(burst);
        return burst.raw() ? RawNight.merge(merge, raws(burst)) : FrameNight.merge(merge, frames(burst));
    }

    private Enlarged classical(Burst burst, Merging merging, int rounds) {
        Samples samples = burst.raw()
                ? Samples.of(raws(burst), merging.variance())
                : Samples.ofFrames(frames(burst), merging.variance());
        var task = new SuperResolution(samples, merging, new Optics(scale, blur), (float) denoise, rounds);
        int width = size(burst.width());
        int height = size(burst.height());
        float[][] planes = task.planes(width, height);
        Work.step("develop", 0);
        Image image = burst.raw()
                ? Linear.developed(
                        Image.of(width, height, Colour.LINEAR, planes),
                        raws(burst).get(merging.reference()).colour(),
                        SATURATED)
                : Image.of(width, height, merging.image().colour(), clamped(planes));
        return Enlarged.of(image, task);
    }

    private int size(int samples) {
        return (int) Math.round(samples * scale);
    }

    private static List<Raw> raws(Burst burst) {
        return burst.shots().stream().map(s -> (Raw) s).toList();
    }

    private static List<Frame> frames(Burst burst) {
        return burst.shots().stream().map(s -> Interleaved.of((Frame) s)).toList();
    }

    private static float[][] clamped(float[][] planes) {
        for (float[] plane : planes) {
            Work.rows(plane.length, 1 << 16, (from, to) -> {
                for (int i = from; i < to; i++) {
                    plane[i] = Math.clamp(plane[i], 0f, 1f);
                }
            });
        }
        return planes;
    }
}
