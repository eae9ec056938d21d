package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Burst;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * A merged stack.
 *
 * @param image merged planes, back in the values of the shots
 * @param noise what noise remains in them
 * @param variance the variance of one shot's noise at a value of the image
 * @param reference index of the reference
 * @param sharpness of each frame
 * @param fields how each frame lies on the reference
 * @param merged the merge's own account
 */
record Merging(
        Image image,
        NoiseModel noise,
        DoubleUnaryOperator variance,
        int reference,
        double[] sharpness,
        List<Field> fields,
        Merge.Merged merged) {

    /** The reference and how the other frames lie on it. */
    record Alignment(int reference, double[] sharpness, List<Field> fields) {
        /** Aligns all frames of a stack to the wanted one, or the sharpest. */
        static Alignment of(Stack stack, java.util.OptionalInt wanted) {
            var greys = new ArrayList<Plane>();
            double[] sharpness = new double[stack.frames()];
            for (int f = 0; f < stack.frames(); f++) {
                greys.add(stack.grey(f));
                sharpness[f] = Sharpness.of(greys.get(f));
                Work.step("looking", (f + 1.0) / stack.frames());
            }
            int reference = wanted.orElse(Sharpness.best(sharpness));
            var align = new Align(greys.get(reference));
            var fields = new ArrayList<Field>();
            for (int f = 0; f < stack.frames(); f++) {
                fields.add(align.to(greys.get(f)));
                Work.step("align", (f + 1.0) / stack.frames());
            }
            return new Alignment(reference, sharpness, fields);
        }
    }

    /** The noise of an average over as many frames as went in at the average tile. */
    static NoiseModel remaining(NoiseModel noise, Merge.Merged merged, int reference) {
        double frames = frames(merged, reference);
        return new NoiseModel(noise.read() / frames, noise.shot() / frames);
    }

    /** How many frames went in at the average tile. */
    static double frames(Merge.Merged merged, int reference) {
        double frames = 1;
        for (int f = 0; f < merged.used().length; f++) {
            frames += f == reference ? 0 : merged.used(f);
        }
        return frames;
    }

    /** The whole result, with the given picture. */
    Night night(Image shown, Optional<Raw> raw, Burst burst) {
        var reports = new ArrayList<Night.FrameReport>();
        for (int f = 0; f < burst.size(); f++) {
            boolean self = f == reference;
            reports.add(new Night.FrameReport(
                    burst.shots().get(f).source(),
                    sharpness[f] / Math.max(1e-9, sharpness[reference]),
                    self ? 0 : 2 * fields.get(f).mean(),
                    self ? 1 : merged.used(f)));
        }
        return new Night(shown, raw, reference, reports, () -> Explain.of(this, burst));
    }
}
