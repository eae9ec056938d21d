package dev.fovea.photo;

import dev.fovea.Stage;
import dev.fovea.Work;
import dev.fovea.image.Burst;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Raw;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Merges shots of different exposure to one picture of true high dynamic range, on the grid and in the exposure of the reference: 1 is
 * about where the reference clips, and lights go beyond. Each pixel is the mean of what the shots say, weighed by how exactly they say
 * it (Robertson 2003; Granados 2010); clipped pixels do not count, nor do those that contradict the reference: what moves between the
 * shots is seen once, where the reference shows it.
 *
 * <p>Developed frames become {@code LINEAR} (or {@code LINEAR_P3}, {@code LINEAR_GREY}) through the response, a linear RAW becomes
 * {@code LINEAR} in the camera's own colours, and a mosaic becomes a {@code LINEAR_GREY} mosaic of normalised values, to be demosaiced.
 *
 * @param exposures one a shot
 * @param reference which shot, from 0
 * @param aligner for shots from the hand
 * @param response of the camera for developed frames; recovered from the shots if empty
 * @param ghosts how much of what contradicts the reference is left out, 0..1
 */
public record Bracket(
        Exposures exposures, int reference, Aligner aligner, Optional<ResponseCurve> response, double ghosts)
        implements Stage<Burst, Image> {
    /** Relative error of light that is no contradiction: of a recovered response, and of a sensor. */
    private static final float FRAME_ERROR = 0.08f;

    private static final float RAW_ERROR = 0.03f;

    /** Checks the ranges. */
    public Bracket {
        if (reference < 0 || reference >= exposures.relative().size()) {
            throw new IllegalArgumentException("shot " + reference + " of "
                    + exposures.relative().size() + " cannot be the reference: the first is 0");
        }
        if (!(ghosts >= 0 && ghosts <= 1)) {
            throw new IllegalArgumentException("ghosts is " + ghosts + ", but must lie between 0 and 1");
        }
    }

    /** Of shots that lie on each other, with an unknown response; what moves is left out. */
    public Bracket(Exposures exposures, int reference) {
        this(exposures, reference, Aligner.NONE, Optional.empty(), 1);
    }

    @Override
    public Image apply(Burst burst) {
        exposures.check(burst);
        List<Double> factors = exposures.relativeTo(reference);
        boolean raw = burst.raw();
        ResponseCurve curve =
                raw ? ResponseCurve.SRGB : response.orElseGet(() -> ResponseCurve.recover(burst, exposures));
        Exposed anchor = exposed(burst, reference, 1, curve);
        int cell = burst.shots().getFirst() instanceof Raw r && r.cfa().mosaic() ? 2 : 1;
        double shortest = Collections.min(factors);
        float error = raw ? RAW_ERROR : FRAME_ERROR;
        var radiance = new Radiance(anchor.light(), cell, error, (float) ghosts, shortest);
        radiance.add(anchor, true);
        List<Integer> others = IntStream.range(0, burst.size())
                .filter(i -> i != reference)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> Math.abs(Math.log(factors.get(i)))))
                .toList();
        for (int k = 0; k < others.size(); k++) {
            Work.step("Merging exposures", (double) k / others.size());
            int i = others.get(k);
            radiance.add(aligned(anchor, exposed(burst, i, factors.get(i), curve)), false);
        }
        return radiance.image(anchor.light().colour());
    }

    private static Exposed exposed(Burst burst, int i, double exposure, ResponseCurve curve) {
        return switch (burst.shots().get(i)) {
            case Frame f -> Exposed.of(f, curve, exposure);
            case Raw r -> Exposed.of(r, exposure);
        };
    }

    private Exposed aligned(Exposed anchor, Exposed frame) {
        if (aligner == Aligner.NONE) {
            return frame;
        }
        float ceiling = Math.min(anchor.ceiling(), frame.ceiling());
        return frame.moved(aligner.onto(anchor.grey(ceiling), frame.grey(ceiling)));
    }
}
