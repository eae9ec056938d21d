package dev.fovea.photo;

import dev.fovea.BadInput;
import dev.fovea.Knob;
import dev.fovea.Knobs;
import dev.fovea.Stage;
import dev.fovea.Work;
import dev.fovea.image.Burst;
import dev.fovea.image.CameraColour;
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
                help = "Whether a small network helps where that measures better: with a frame that is alone.")
        boolean network)
        implements Stage<Burst, Image> {
    /** Sensor values above this are taken to be saturated: averages of clipped noise lie a little below 1. */
    private static final float SATURATED = 0.94f;

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

    /** The same with or without the network. */
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
        int width = (int) Math.round(burst.width() * scale);
        int height = (int) Math.round(burst.height() * scale);
        if ((long) width * height > Image.MAX_PIXELS) {
            throw new BadInput(
                    burst.shots().getFirst().source(),
                    "would become " + width + " x " + height + " pixels, more than 2^28",
                    "choose a smaller scale");
        }
        NightShot merge = new NightShot(look, reference, Optional.empty(), 1.8, denoise);
        merge.check(burst);
        Optional<Refiner> refiner = network && burst.size() == 1 && scale > 1 ? Refiner.present() : Optional.empty();
        try {
            Night night = burst.raw()
                    ? raw(merge, burst, refiner, width, height)
                    : developed(merge, burst, refiner, width, height);
            return night.by(refiner.map(Refiner::name));
        } finally {
            refiner.ifPresent(Refiner::close);
        }
    }

    private Night raw(NightShot merge, Burst burst, Optional<Refiner> refiner, int width, int height) {
        List<Raw> shots = burst.shots().stream().map(s -> (Raw) s).toList();
        Merging merging = RawNight.merge(merge, shots);
        CameraColour colour = shots.get(merging.reference()).colour();
        Image light = refiner.map(r -> new Enlargement(r, blur, denoise)
                        .light(Linear.developed(merging.image(), colour, SATURATED), merging.noise(), width, height))
                .orElseGet(() -> {
                    float[][] planes = planes(Samples.of(shots, merging.variance()), merging, width, height);
                    return Linear.developed(Image.of(width, height, Colour.LINEAR, planes), colour, SATURATED);
                });
        Image shown = look == NightShot.Look.NATURAL ? Tone.NATURAL.apply(light, merging.noise()) : light;
        return merging.night(shown, Optional.empty(), burst);
    }

    private Night developed(NightShot merge, Burst burst, Optional<Refiner> refiner, int width, int height) {
        List<Frame> shots =
                burst.shots().stream().map(s -> Interleaved.of((Frame) s)).toList();
        Merging merging = FrameNight.merge(merge, shots);
        Image image = refiner.map(r -> new Enlargement(r, blur, denoise)
                        .developed(shots.getFirst(), merging.image(), merging.variance(), width, height))
                .orElseGet(() -> {
                    float[][] planes = planes(Samples.ofFrames(shots, merging.variance()), merging, width, height);
                    return Image.of(width, height, merging.image().colour(), shown(planes));
                });
        Image shown = look == NightShot.Look.NATURAL
                ? Tone.NATURAL.apply(image.to(Colour.LINEAR), merging.noise()).to(image.colour())
                : image;
        return merging.night(shown, Optional.empty(), burst);
    }

    /** Cut to what a display shows. */
    private static float[][] shown(float[][] planes) {
        for (float[] plane : planes) {
            Work.rows(plane.length, 1 << 16, (from, to) -> {
                for (int i = from; i < to; i++) {
                    plane[i] = Math.clamp(plane[i], 0f, 1f);
                }
            });
        }
        return planes;
    }

    private float[][] planes(Samples samples, Merging merging, int width, int height) {
        return SuperResolution.of(samples, merging, new Optics(scale, blur), (float) denoise)
                .planes(width, height);
    }
}
