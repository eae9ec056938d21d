package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import java.util.List;
import java.util.stream.IntStream;

/** A burst of developed frames, merged on the display scale; the noise, of which the camera told nothing, is measured. */
final class FrameNight {
    private static final int BAND = 16;
    /** Noise assumed until it is measured, on the display scale: a usual night at 8 bits. */
    private static final double GUESS = 0.02;
    /** No frame of 8 bits is quieter than its rounding. */
    private static final double ROUNDING = 1.0 / 255 / Math.sqrt(12);

    private FrameNight() {}

    /** Merges; the result is in the frames' own colour. */
    static Merging merge(NightShot shot, List<Frame> given) {
        List<Frame> shots = given.stream().map(Interleaved::of).toList();
        Frame first = shots.getFirst();
        int planes = first.format().grey() ? 1 : 3;
        List<Stabiliser> flat = IntStream.range(0, planes)
                .mapToObj(p -> new Stabiliser(x -> GUESS * GUESS, 0, 1))
                .toList();
        var plain = new FrameStack(shots, flat, FrameStack.white(planes));
        var alignment = Merging.Alignment.of(plain, shot.reference());
        Work.step("noise", 0);
        int reference = alignment.reference();
        double[][] curves = new double[planes][];
        for (int p = 0; p < planes; p++) {
            curves[p] = shots.size() > 1
                    ? scaled(new MeasuredNoise(plain, reference, alignment.fields()).curve(p, 0, 1 / GUESS))
                    : SingleNoise.curve(first, p);
        }
        List<Stabiliser> stabilisers = IntStream.range(0, planes)
                .mapToObj(p -> new Stabiliser(x -> variance(curves[p], x), 0, 1))
                .toList();
        float[][] spectra = shots.size() > 1
                ? new MeasuredNoise(
                                new FrameStack(shots, stabilisers, FrameStack.white(planes)),
                                reference,
                                alignment.fields())
                        .spectra()
                : FrameStack.white(planes);
        var stack = new FrameStack(shots, stabilisers, spectra);
        var merged =
                new Merge((float) shot.tolerance(), (float) shot.denoise()).apply(stack, reference, alignment.fields());
        double removed = shot.denoise() > 0 ? 1 : 1 - 1 / Merging.frames(merged, reference);
        for (int p = 0; p < planes; p++) {
            float[] plane = merged.planes()[p];
            Stabiliser s = stabilisers.get(p);
            double[] curve = curves[p];
            var kept = new KeptLight(x -> removed * variance(curve, x));
            Work.rows(first.height(), BAND, (from, to) -> {
                for (int i = from * first.width(); i < to * first.width(); i++) {
                    plane[i] = kept.apply(s.inverse(plane[i]));
                }
            });
        }
        Image image =
                Image.of(first.width(), first.height(), planes == 1 ? Colour.GREY : first.colour(), merged.planes());
        return new Merging(
                image,
                Merging.remaining(linear(curves[planes / 2]), merged, reference),
                x -> variance(curves[planes / 2], x),
                reference,
                alignment.sharpness(),
                alignment.fields(),
                merged);
    }

    private static double[] scaled(double[] curve) {
        return java.util.Arrays.stream(curve).map(v -> v * GUESS * GUESS).toArray();
    }

    /** The variance at a display value: the curve between its points, not below rounding. */
    private static double variance(double[] curve, double x) {
        double p = Math.clamp(x * curve.length - 0.5, 0, curve.length - 1);
        int i = Math.min((int) p, curve.length - 2);
        double v = curve[i] + (p - i) * (curve[i + 1] - curve[i]);
        return Math.max(Double.isNaN(v) ? 0 : v, ROUNDING * ROUNDING);
    }

    /** The noise of light for noise on the display scale: through the slope of the sRGB curve, at two levels. */
    private static NoiseModel linear(double[] curve) {
        double dark = variance(curve, 0.15) * slope(0.15) * slope(0.15);
        double light = variance(curve, 0.6) * slope(0.6) * slope(0.6);
        double l0 = dev.fovea.image.Transfer.decode(0.15);
        double l1 = dev.fovea.image.Transfer.decode(0.6);
        double shot = Math.max(0, (light - dark) / (l1 - l0));
        return new NoiseModel(Math.max(1e-9, dark - shot * l0), shot);
    }

    private static double slope(double display) {
        return (dev.fovea.image.Transfer.decode(display + 0.01) - dev.fovea.image.Transfer.decode(display - 0.01))
                / 0.02;
    }
}
