package dev.fovea.image;

import dev.fovea.Work;
import dev.fovea.image.kernel.FlowTerms.Field;
import dev.fovea.image.kernel.PyramidStep;
import java.util.List;

/**
 * Dense optical flow: where each pixel of a picture is found in another. From coarse to fine, patches descend to where they fit (Kroeger,
 * Timofte, Dai and van Gool, "Fast Optical Flow using Dense Inverse Search", 2016), each pixel takes the mean of its patches, and a
 * variational refinement that knows edges follows (Brox, Bruhn, Papenberg and Weickert, "High Accuracy Optical Flow Estimation Based on a
 * Theory for Warping", 2004).
 *
 * <p>Pictures are compared in grey as they look on a display; changes of brightness are borne as far as patches and slopes stay alike. Never
 * NaN, and the same bits for any number of threads. Equal pictures give exactly 0.
 *
 * @param searched the finest level on which patches are searched: 0 is full size, 1 half, 2 a quarter
 * @param refined the finest level that is refined, at most {@code searched}
 * @param stride from patch to patch, 1 to 8 pixels; patches have 8 x 8
 * @param descents steps of a patch at most
 * @param rounds of refinement at each level; 0 for none
 * @param sweeps of the relaxation in each round
 * @param smoothness how much neighbours hold together, above 0; noisy pictures want more
 */
public record Flow(int searched, int refined, int stride, int descents, int rounds, int sweeps, double smoothness) {
    /** Refined at half size at best: less than half the time. */
    public static final Flow FAST = new Flow(1, 1, 3, 12, 3, 3, 20);

    /** Refined at full size: edges are sharp to the pixel. */
    public static final Flow FINE = new Flow(1, 0, 3, 12, 2, 4, 20);

    private static final int BAND = 1 << 16;

    /** An area that shrinks to less than this is being covered. */
    private static final float CROWDED = 0.1f;

    /** Checks the ranges. */
    public Flow {
        if (searched < 0 || refined < 0 || refined > searched || searched > 16) {
            throw new IllegalArgumentException("searched down to level " + searched + " and refined to " + refined
                    + ": levels are 0 to 16, and what is searched is refined");
        }
        if (stride < 1 || stride > 8 || descents < 0 || rounds < 0 || sweeps < 1 || sweeps > 100) {
            throw new IllegalArgumentException("stride " + stride + ", descents " + descents + ", rounds " + rounds
                    + ", sweeps " + sweeps
                    + ": stride is 1 to 8, sweeps 1 to 100, descents and rounds are at least 0");
        }
        if (!(smoothness > 0 && smoothness <= 1e6)) {
            throw new IllegalArgumentException("smoothness is " + smoothness + ", but must lie between 0 and 1e6");
        }
    }

    /** {@link #FINE}. */
    public Flow() {
        this(FINE.searched, FINE.refined, FINE.stride, FINE.descents, FINE.rounds, FINE.sweeps, FINE.smoothness);
    }

    /**
     * Where each picture's pixels are in the other.
     *
     * @param forward as large as a: b at p + forward(p) looks like a at p
     * @param backward the other way about
     * @param hiddenInB grey, 1 at the pixels of a that b does not show (covered, or out of the picture), 0 elsewhere
     * @param hiddenInA grey, 1 at the pixels of b that a does not show
     */
    public record Both(Displacement forward, Displacement backward, Image hiddenInB, Image hiddenInA) {}

    /**
     * The displacement d such that {@code to} at p + d(p) looks like {@code from} at p, in pixels: {@code d.warp(to)} looks like {@code from}.
     *
     * @throws IllegalArgumentException if the pictures' sizes differ
     */
    public Displacement apply(Image from, Image to) {
        check(from, to);
        return between(FlowLevel.pyramid(from), FlowLevel.pyramid(to));
    }

    /**
     * The flow in both directions, and what is hidden.
     *
     * @throws IllegalArgumentException if the pictures' sizes differ
     */
    public Both both(Image a, Image b) {
        check(a, b);
        List<FlowLevel> one = FlowLevel.pyramid(a);
        List<FlowLevel> other = FlowLevel.pyramid(b);
        Displacement forward = between(one, other);
        Displacement backward = between(other, one);
        return new Both(forward, backward, hidden(forward, backward), hidden(backward, forward));
    }

    private static void check(Image a, Image b) {
        if (a.width() != b.width() || a.height() != b.height()) {
            throw new IllegalArgumentException("no flow between " + a + " and " + b + ": sizes must be equal");
        }
    }

    private Displacement between(List<FlowLevel> a, List<FlowLevel> b) {
        FlowLevel level = a.getLast();
        Field field = level.still();
        for (int i = a.size() - 1; i >= 0; i--) {
            field = i == a.size() - 1 ? field : larger(field, level, a.get(i));
            level = a.get(i);
            // a picture that is too small for its levels is searched as it is
            if (i >= Math.min(searched, a.size() - 1)) {
                var patches = new PatchFlow(level, b.get(i), field, stride, descents);
                patches.search();
                patches.spread(field);
            }
            if (i >= Math.min(refined, a.size() - 1)) {
                field = new FlowRefinement(level, b.get(i), field).run(rounds, sweeps, (float) smoothness);
            }
        }
        return Displacement.of(level.width(), level.height(), field.u(), field.v());
    }

    private static Field larger(Field small, FlowLevel from, FlowLevel to) {
        Field field = to.still();
        PyramidStep.up(small.u(), from.width(), from.height(), field.u(), to.width(), to.height());
        PyramidStep.up(small.v(), from.width(), from.height(), field.v(), to.width(), to.height());
        Work.rows(field.u().length, BAND, (start, end) -> {
            for (int i = start; i < end; i++) {
                field.u()[i] *= 2;
                field.v()[i] *= 2;
            }
        });
        return field;
    }

    /**
     * What is hidden because there and back does not lead home: the sum s of the two displacements f and g has |s|² > (|f|² + |g|²) / 100 + 1/2
     * (Sundaram, Brox and Keutzer, "Dense Point Trajectories by GPU-Accelerated Large Displacement Optical Flow", 2010),
     * or because the pixels around it are crowded to less than a tenth of their area: where two motions meet, the flow between them is a mean
     * of both, which may lead home.
     *
     * @param there from a to b
     * @param back from b to a
     * @return 1 at the pixels of a that b does not show, 0 elsewhere
     */
    public static Image hidden(Displacement there, Displacement back) {
        int w = there.width();
        int h = there.height();
        Displacement sum = back.then(there);
        var mask = new float[w * h];
        Work.rows(h, 32, (from, to) -> {
            for (int y = from; y < to; y++) {
                for (int x = 0; x < w; x++) {
                    int p = y * w + x;
                    float u = there.dx()[p];
                    float v = there.dy()[p];
                    boolean outside = x + u < -0.5f || x + u > w - 0.5f || y + v < -0.5f || y + v > h - 0.5f;
                    mask[p] = outside || astray(u, v, sum.dx()[p], sum.dy()[p]) || folded(there, x, y) ? 1 : 0;
                }
            }
        });
        return Image.of(w, h, Colour.GREY, mask);
    }

    private static boolean astray(float u, float v, float sumU, float sumV) {
        float backU = sumU - u;
        float backV = sumV - v;
        float lengths = u * u + v * v + backU * backU + backV * backV;
        return sumU * sumU + sumV * sumV > 0.01f * lengths + 0.5f;
    }

    /** Whether the surroundings of a pixel are crowded together or turned inside out: something moves over them. */
    private static boolean folded(Displacement there, int x, int y) {
        int w = there.width();
        int left = Math.max(0, x - 1);
        int right = Math.min(w - 1, x + 1);
        int above = Math.max(0, y - 1);
        int below = Math.min(there.height() - 1, y + 1);
        float across = 1f / Math.max(1, right - left);
        float down = 1f / Math.max(1, below - above);
        float xx = 1 + (there.dx()[y * w + right] - there.dx()[y * w + left]) * across;
        float yx = (there.dy()[y * w + right] - there.dy()[y * w + left]) * across;
        float xy = (there.dx()[below * w + x] - there.dx()[above * w + x]) * down;
        float yy = 1 + (there.dy()[below * w + x] - there.dy()[above * w + x]) * down;
        return xx * yy - xy * yx < CROWDED;
    }
}
