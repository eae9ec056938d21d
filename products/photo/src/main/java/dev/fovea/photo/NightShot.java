package dev.fovea.photo;

import dev.fovea.BadInput;
import dev.fovea.Knob;
import dev.fovea.Stage;
import dev.fovea.Work;
import dev.fovea.image.Burst;
import dev.fovea.image.Colour;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Raw;
import dev.fovea.image.Shot;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Makes one clean, well-toned picture of a handheld burst (Hasinoff 2016, Liba 2019): picks the sharpest frame as the reference, aligns
 * the others to it tile by tile, merges in the frequency domain what agrees and leaves out what moved, shrinks the noise that remains,
 * and tones by exposure fusion. Frames of different exposure (a bracket) give high dynamic range instead.
 *
 * @param look how the result is toned
 * @param reference index of the frame that the result lies on; the sharpest if empty
 * @param exposures exposure time of each frame, in any unit; as EXIF tells, or estimated, if empty
 * @param tolerance see its knob
 * @param denoise see its knob
 */
public record NightShot(
        Look look,
        OptionalInt reference,
        Optional<List<Double>> exposures,

        @Knob(
                normal = 1.8,
                min = 0.5,
                max = 5,
                step = 0.1,
                help =
                        "How far a frame may differ from the reference, in units of the noise's power, before it is left out.")
        double tolerance,

        @Knob(normal = 1, max = 3, step = 0.05, help = "How strongly noise that remains after merging is removed.")
        double denoise)
        implements Stage<Burst, Image> {

    /** How the result is toned. */
    public enum Look {
        /** As a person would remember the scene. */
        NATURAL,
        /** With the reference's own tones: only cleaned. */
        NEUTRAL
    }

    /** Estimated exposures that differ by less are no bracket: another view, or blur, changes a histogram, too. */
    private static final double BRACKET = 1.8;

    /** Sensor values above this are taken to be saturated: averages of clipped noise lie a little below 1. */
    private static final float SATURATED = 0.94f;

    /** The defaults: natural look, sharpest reference. */
    public NightShot() {
        this(Look.NATURAL, OptionalInt.empty(), Optional.empty(), 1.8, 1);
    }

    /** Checks the knobs. */
    public NightShot {
        dev.fovea.Knobs.check(NightShot.class, tolerance, denoise);
    }

    /** The same with another look. */
    public NightShot withLook(Look other) {
        return new NightShot(other, reference, exposures, tolerance, denoise);
    }

    /** The same on another frame's grid. */
    public NightShot withReference(int index) {
        return new NightShot(look, OptionalInt.of(index), exposures, tolerance, denoise);
    }

    /**
     * The picture alone.
     *
     * @throws BadInput if the burst is black throughout or its exposures cannot be told
     * @throws IllegalArgumentException if the reference is no frame of the burst
     */
    @Override
    public Image apply(Burst burst) {
        return shoot(burst).image();
    }

    /**
     * The picture and all that was learned on the way.
     *
     * @throws BadInput if the burst is black throughout or its exposures cannot be told
     * @throws IllegalArgumentException if the reference is no frame of the burst
     */
    public Night shoot(Burst burst) {
        check(burst);
        Work.step("exposures", 0);
        Exposures relative = Exposures.of(burst, exposures);
        if (!relative.alike() && (told(burst) || spread(relative.relative()) > BRACKET)) {
            return bracket(burst, relative);
        }
        return burst.raw() ? raw(burst) : developed(burst);
    }

    /** Refuses a burst that shows nothing or has no such reference. */
    void check(Burst burst) {
        if (reference.isPresent() && (reference.getAsInt() < 0 || reference.getAsInt() >= burst.size())) {
            throw new IllegalArgumentException(
                    "reference is " + reference.getAsInt() + ", but must lie between 0 and " + (burst.size() - 1));
        }
        Darkness.refuse(burst);
    }

    /** Whether the exposures are known, not estimated. */
    private boolean told(Burst burst) {
        return exposures.isPresent()
                || burst.shots().stream().allMatch(s -> s.exif().exposure().isPresent());
    }

    /** The ratio of the largest exposure to the smallest; of four or more, the oddest is left out: it may show something else. */
    private static double spread(List<Double> exposures) {
        List<Double> sorted = exposures.stream().sorted().toList();
        int last = sorted.size() - 1;
        double whole = sorted.get(last) / sorted.getFirst();
        return last < 3 ? whole : Math.min(sorted.get(last - 1) / sorted.getFirst(), sorted.get(last) / sorted.get(1));
    }

    private Night bracket(Burst burst, Exposures relative) {
        int chosen = reference.orElse(middle(relative.relative()));
        Image light =
                new Bracket(relative, chosen, Aligner.TILES, Optional.empty(), 1).apply(Linear.mosaicsFilled(burst));
        var frames = new java.util.ArrayList<Night.FrameReport>();
        for (Shot s : burst.shots()) {
            frames.add(new Night.FrameReport(s.source(), 1, 0, 1));
        }
        Image shown = burst.shots().get(chosen) instanceof Raw raw
                ? Linear.developed(light, raw.colour(), Float.POSITIVE_INFINITY)
                : light;
        return new Night(
                look == Look.NATURAL ? Tone.NATURAL.apply(shown) : shown,
                Optional.empty(),
                chosen,
                frames,
                () -> List.of(
                        new Night.Named("reference", Linear.shown(burst.shots().get(chosen)))));
    }

    private Night raw(Burst burst) {
        List<Raw> shots = burst.shots().stream().map(s -> (Raw) s).toList();
        var merging = RawNight.merge(this, shots);
        Raw raw = shots.get(merging.reference());
        Image light = Linear.developed(merging.image(), raw.colour(), SATURATED);
        Image shown = look == Look.NATURAL ? Tone.NATURAL.apply(light, merging.noise()) : light;
        return merging.night(shown, Optional.of(Linear.mosaic(merging.image(), raw, merging.noise())), burst);
    }

    private Night developed(Burst burst) {
        List<Frame> shots = burst.shots().stream().map(s -> (Frame) s).toList();
        var merging = FrameNight.merge(this, shots);
        Image image = merging.image();
        if (look == Look.NEUTRAL) {
            return merging.night(image, Optional.empty(), burst);
        }
        Image toned = Tone.NATURAL.apply(image.to(Colour.LINEAR), merging.noise());
        return merging.night(image.colour() == Colour.GREY ? toned.to(Colour.GREY) : toned, Optional.empty(), burst);
    }

    /** The index of the middle exposure. */
    private static int middle(List<Double> exposures) {
        return IntStream.range(0, exposures.size())
                .boxed()
                .sorted(Comparator.comparing(exposures::get))
                .toList()
                .get(exposures.size() / 2);
    }
}
