package dev.fovea.photo;

import dev.fovea.BadInput;
import dev.fovea.image.Burst;
import dev.fovea.image.Raw;
import dev.fovea.image.Shot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How much each shot of a burst was exposed, relative to the first.
 *
 * @param relative one positive factor a shot, the first being 1; all 1 if the shots are alike
 */
public record Exposures(List<Double> relative) {
    /** Shots whose exposures lie within this factor are alike: no bracket was meant. */
    private static final double ALIKE = 1.2;
    /** A measured exposure this far (factor) from what the camera wrote is a scene that changed: the camera is believed. */
    private static final double CREDIBLE = 1.25;
    /** Developed frames with fewer pixels differ by noise alone. */
    private static final int FEW_PIXELS = 256;

    /** Divides by the first. */
    public Exposures {
        if (relative.isEmpty()) {
            throw new IllegalArgumentException("exposures of no shot");
        }
        for (double e : relative) {
            if (!(e > 0 && e < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("an exposure of " + e + ", but it must be a positive number");
            }
        }
        double first = relative.getFirst();
        relative = relative.stream().map(e -> e / first).toList();
    }

    /** So many shots exposed alike. */
    public static Exposures same(int shots) {
        return new Exposures(Collections.nCopies(shots, 1.0));
    }

    /** As {@link #of(Burst, Optional)} with nothing given. */
    public static Exposures of(Burst burst) {
        return of(burst, Optional.empty());
    }

    /**
     * The exposures of a burst: as given, else as the cameras wrote them (for RAW sharpened by the pictures themselves: shutters are not
     * exact), else estimated. Factors that lie within 1.2 become 1 all.
     *
     * @param given exposures in any common unit, such as seconds, one a shot
     * @throws IllegalArgumentException if the given numbers are not positive or not as many as shots
     * @throws BadInput if nothing was given or written and a shot shows nothing that another shows too
     */
    public static Exposures of(Burst burst, Optional<List<Double>> given) {
        if (given.isPresent()) {
            var exposures = new Exposures(given.get());
            exposures.check(burst);
            return exposures.settled();
        }
        return written(burst).map(w -> burst.raw() ? sharpened(burst, w) : w).orElseGet(() -> estimate(burst));
    }

    private static Optional<Exposures> written(Burst burst) {
        var all = new ArrayList<Double>();
        for (Shot s : burst.shots()) {
            s.exif().exposure().ifPresent(all::add);
        }
        return all.size() == burst.size() ? Optional.of(new Exposures(all).settled()) : Optional.empty();
    }

    private static Exposures sharpened(Burst burst, Exposures written) {
        if (written.alike()) {
            return written;
        }
        List<Raw> raws = burst.shots().stream().map(Raw.class::cast).toList();
        double[] measured = RawExposures.measure(raws, written.relative());
        var all = new ArrayList<Double>();
        for (int i = 0; i < measured.length; i++) {
            double w = written.relative().get(i);
            double off = measured[i] / w;
            all.add(off < CREDIBLE && off > 1 / CREDIBLE ? measured[i] : w);
        }
        return new Exposures(all);
    }

    /**
     * The exposures as the pictures themselves tell them; these need not be aligned. RAW values are proportional to light, and tell
     * exactly. Developed frames tell only up to a common exponent (Grossberg and Nayar 2003): it is chosen so that the response spans
     * what sRGB spans in its middle codes, and then so that an evenly stepped bracket has a step that cameras offer. Developed frames of
     * fewer than 256 pixels tell nothing, and count as alike.
     *
     * @throws BadInput if a shot shows nothing that another shows too
     */
    public static Exposures estimate(Burst burst) {
        if (burst.size() == 1) {
            return same(1);
        }
        if (burst.raw()) {
            List<Raw> raws = burst.shots().stream().map(Raw.class::cast).toList();
            return relative(RawExposures.measure(raws, List.of())).settled();
        }
        if ((long) burst.width() * burst.height() < FEW_PIXELS) {
            return same(burst.size());
        }
        var histograms = ResponseCurve.histograms(burst);
        if (Histogram.alike(histograms)) {
            return same(burst.size());
        }
        var fit = new ResponseFit(histograms);
        int lonely = fit.unmatched();
        if (lonely >= 0) {
            throw new BadInput(
                    burst.shots().get(lonely).source(),
                    "shows nothing that another picture of the bracket shows too",
                    "give the exposures of all pictures as numbers");
        }
        double[] logs = fit.both().exposures();
        return relative(Arrays.stream(BracketSteps.snap(logs)).map(Math::exp).toArray())
                .settled();
    }

    private static Exposures relative(double[] factors) {
        return new Exposures(Arrays.stream(factors).boxed().toList());
    }

    /** Whether all shots are exposed within a factor of 1.2. */
    public boolean alike() {
        return Collections.max(relative) / Collections.min(relative) < ALIKE;
    }

    /** The same, relative to another shot than the first. */
    public List<Double> relativeTo(int reference) {
        double e = relative.get(reference);
        return relative.stream().map(v -> v / e).toList();
    }

    private Exposures settled() {
        return alike() ? same(relative.size()) : this;
    }

    void check(Burst burst) {
        if (relative.size() != burst.size()) {
            throw new IllegalArgumentException(relative.size() + " exposures for " + burst.size() + " shots");
        }
    }

    /** The factors as stops, for messages. */
    @Override
    public String toString() {
        Stream<String> stops =
                relative.stream().map(e -> String.format(java.util.Locale.ROOT, "%+.2f", Math.log(e) / Math.log(2)));
        return String.join(" ", stops.toList()) + " EV";
    }
}
