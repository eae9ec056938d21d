package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.photo.LeastSquares.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The least-squares fit behind {@link ResponseCurve} and {@link Exposures}. With g(z) the logarithm of the light that gives code z, and two
 * codes a, b that show the same light in frames of exposures e, f: g(b) − g(a) = ln f − ln e. This is the equation of Debevec and Malik
 * (1997) with the radiances eliminated; it is linear in g and in the logarithms of the exposures, of which one kind or both are unknown.
 *
 * <p>In each channel g(z) = u·s(z) + d(z): s is the sRGB curve, u a factor and d a correction, linear between knots and as smooth as the data
 * allow, so that codes that no two frames share follow sRGB.
 */
final class ResponseFit {
    /** Codes a curve is given for. */
    static final int CODES = 256;

    /** Codes outside may be clipped, or clipped and then compressed or resampled. */
    private static final double LOWEST = 3.5;

    private static final double HIGHEST = 250.5;
    private static final int STRIDE = 3;
    private static final int KNOTS = (CODES - 1) / STRIDE + 1;
    /** From knot to knot the curve's slope, as a share of the sRGB curve's, is expected to change by about this. */
    private static final double BEND = 0.02;
    /** The least slope of a curve, as a share of the sRGB curve's. */
    private static final double LEAST_SLOPE = 0.2;
    /** Error of a code: noise and compression. */
    private static final double CODE_ERROR = 0.5;
    /** Error of the share of pixels below a code: what moved, what came in at the borders. */
    private static final double SHARE_ERROR = 0.002;
    /** Weight of what must hold. */
    private static final double FIRM = 1e6;

    private static final int ROUNDS = 8;

    /** Two codes (not whole) that show the same light in two frames, and the variance of the distance of each, in codes. */
    private record Match(int channel, int first, int second, double a, double b, double varianceA, double varianceB) {}

    /** The curves g, one row a channel, and the natural logarithms of the exposures, the first being 0. */
    record Result(double[][] curves, double[] exposures) {}

    private final int channels;
    private final int frames;
    private final List<Match> matches = new ArrayList<>();

    /** @param histograms one row a frame, one entry a channel */
    ResponseFit(List<Histogram[]> histograms) {
        frames = histograms.size();
        channels = histograms.getFirst().length;
        for (int i = 0; i < frames; i++) {
            for (int j = i + 1; j < frames; j++) {
                for (int c = 0; c < channels; c++) {
                    match(c, i, j, histograms.get(i)[c], histograms.get(j)[c]);
                }
            }
        }
    }

    private void match(int c, int i, int j, Histogram first, Histogram second) {
        double[] below = first.below();
        double[] other = second.below();
        for (int a = (int) Math.ceil(LOWEST); a < HIGHEST; a++) {
            double b = Histogram.quantile(other, (below[a] + below[a + 1]) / 2);
            if (first.share(a) > 0 && b > LOWEST && b < HIGHEST) {
                double vb = variance(second.share((int) Math.round(b)));
                matches.add(new Match(c, i, j, a, b, variance(first.share(a)), vb));
            }
        }
    }

    /** Few pixels at a code make its quantile uncertain. */
    private static double variance(double share) {
        double shift = SHARE_ERROR / (share + 1e-6);
        return CODE_ERROR * CODE_ERROR + shift * shift;
    }

    /** The first frame that no chain of matches links with the first; -1 if there is none. */
    int unmatched() {
        var linked = new boolean[frames];
        linked[0] = true;
        for (int round = 0; round < frames; round++) {
            for (Match m : matches) {
                boolean either = linked[m.first] || linked[m.second];
                linked[m.first] = either;
                linked[m.second] = either;
            }
        }
        for (int i = 0; i < frames; i++) {
            if (!linked[i]) {
                return i;
            }
        }
        return -1;
    }

    /** The sRGB curve s: ln of the light at a code, taken at the middle of the code's bin, so that 0 has one, too. */
    static double srgb(double code) {
        double v = (code + 0.5) / CODES;
        return Math.log(v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
    }

    /** Curves for known exposures, as natural logarithms. */
    Result curves(double[] exposures) {
        return new KnownExposures(exposures).fit();
    }

    /**
     * Curves and exposures. All logarithms might be multiplied by a common factor and would fit as well (Grossberg and Nayar 2003): here
     * the curves span as much between codes 32 and 224 as sRGB's.
     */
    Result both() {
        return new UnknownExposures().fit();
    }

    /** The unknowns: the knots of d of each channel, and then what the kind of fit adds. */
    private abstract class Unknowns {
        final int extra = channels * KNOTS;
        final int size;
        double[] x;

        Unknowns(int added) {
            size = extra + added;
            x = new double[size];
        }

        /** The factor u of a channel. */
        abstract double factor(int channel);

        /** Adds u·value to the left side. */
        abstract void addSrgb(Row row, int channel, double value);

        /** Sets the right side of a match: ln f − ln e. */
        abstract void addStep(Row row, int first, int second);

        abstract void addOwn(LeastSquares all);

        abstract double[] exposures();

        /** Solves again and again, each match weighed by its variance and (Cauchy) by how badly it fitted. */
        Result fit() {
            double scale = Double.MAX_VALUE;
            var residuals = new double[matches.size()];
            for (int round = 0; round < ROUNDS; round++) {
                Work.check();
                var all = new LeastSquares(size);
                for (int k = 0; k < residuals.length; k++) {
                    Match m = matches.get(k);
                    double variance =
                            square(slope(m.channel, m.a)) * m.varianceA + square(slope(m.channel, m.b)) * m.varianceB;
                    Row row = row(m);
                    double r = row.residual(x) / Math.sqrt(variance);
                    residuals[k] = Math.abs(r);
                    all.add(row, 1 / (variance * (1 + square(r / (2 * scale)))));
                }
                scale = spread(residuals);
                for (int c = 0; c < channels; c++) {
                    addSmooth(all, c);
                    addRising(all, c);
                    // Pictures do not tell how bright a channel is: any level will do.
                    all.add(new Row(1).put(c * KNOTS + KNOTS / 2, 1), FIRM);
                }
                addOwn(all);
                x = all.solve();
            }
            return new Result(curves(), exposures());
        }

        private static double spread(double[] residuals) {
            double[] sorted = residuals.clone();
            Arrays.sort(sorted);
            return sorted.length == 0 ? 1 : Math.max(1e-3, sorted[sorted.length / 2] / 0.6745);
        }

        private Row row(Match m) {
            var row = new Row(8);
            addKnots(row, m.channel, m.b, 1);
            addKnots(row, m.channel, m.a, -1);
            addSrgb(row, m.channel, srgb(m.b) - srgb(m.a));
            addStep(row, m.first, m.second);
            return row;
        }

        final void addKnots(Row row, int channel, double code, double sign) {
            int k = Math.clamp((int) (code / STRIDE), 0, KNOTS - 2);
            double t = code / STRIDE - k;
            row.put(channel * KNOTS + k, sign * (1 - t)).put(channel * KNOTS + k + 1, sign * t);
        }

        private void addSmooth(LeastSquares all, int c) {
            for (int k = 1; k < KNOTS - 1; k++) {
                double unit = (srgb((k + 1) * STRIDE) - srgb((k - 1) * STRIDE)) / 2 * BEND;
                int at = c * KNOTS + k;
                all.add(new Row(3).put(at - 1, 1 / unit).put(at, -2 / unit).put(at + 1, 1 / unit), 1);
            }
        }

        /** Where the last curve rose too slowly, it is pulled up (Bollaerts, Eilers and van Mechelen 2006). */
        private void addRising(LeastSquares all, int c) {
            for (int k = 0; k < KNOTS - 1; k++) {
                int at = c * KNOTS + k;
                double step = srgb((k + 1) * STRIDE) - srgb(k * STRIDE);
                if (factor(c) * step + x[at + 1] - x[at] < LEAST_SLOPE * step) {
                    var row = new Row(3).put(at + 1, 1).put(at, -1).is(LEAST_SLOPE * step);
                    addSrgb(row, c, step);
                    all.add(row, FIRM);
                }
            }
        }

        private double g(int c, double code) {
            int k = Math.clamp((int) (code / STRIDE), 0, KNOTS - 2);
            double t = code / STRIDE - k;
            return factor(c) * srgb(code) + x[c * KNOTS + k] * (1 - t) + x[c * KNOTS + k + 1] * t;
        }

        private double slope(int c, double code) {
            return (g(c, code + 1) - g(c, code - 1)) / 2;
        }

        private double[][] curves() {
            var curves = new double[channels][CODES];
            for (int c = 0; c < channels; c++) {
                for (int z = 0; z < CODES; z++) {
                    curves[c][z] = g(c, z);
                }
            }
            return curves;
        }
    }

    /** Exposures are known, and the factor u of each channel is not. */
    private final class KnownExposures extends Unknowns {
        private final double[] exposures;

        KnownExposures(double[] exposures) {
            super(channels);
            this.exposures = exposures.clone();
            Arrays.fill(x, extra, size, 1);
        }

        @Override
        double factor(int channel) {
            return x[extra + channel];
        }

        @Override
        void addSrgb(Row row, int channel, double value) {
            row.put(extra + channel, value);
        }

        @Override
        void addStep(Row row, int first, int second) {
            row.is(exposures[second] - exposures[first]);
        }

        @Override
        void addOwn(LeastSquares all) {
            for (int c = 0; c < channels; c++) {
                all.add(new Row(1).put(extra + c, 1).is(1), 10);
            }
        }

        @Override
        double[] exposures() {
            return exposures;
        }
    }

    /** Exposures are unknown; u is 1. */
    private final class UnknownExposures extends Unknowns {
        UnknownExposures() {
            super(frames - 1);
        }

        @Override
        double factor(int channel) {
            return 1;
        }

        @Override
        void addSrgb(Row row, int channel, double value) {
            row.is(-value);
        }

        @Override
        void addStep(Row row, int first, int second) {
            if (first > 0) {
                row.put(extra + first - 1, 1);
            }
            if (second > 0) {
                row.put(extra + second - 1, -1);
            }
        }

        @Override
        void addOwn(LeastSquares all) {
            var span = new Row(4 * channels);
            for (int c = 0; c < channels; c++) {
                addKnots(span, c, 224, 1);
                addKnots(span, c, 32, -1);
            }
            all.add(span, 100 * FIRM);
            for (int i = 1; i < frames; i++) {
                // A frame that nothing speaks of counts as exposed like the first.
                all.add(new Row(1).put(extra + i - 1, 1), 1 / FIRM);
            }
        }

        @Override
        double[] exposures() {
            var exposures = new double[frames];
            System.arraycopy(x, extra, exposures, 1, frames - 1);
            return exposures;
        }
    }

    private static double square(double v) {
        return v * v;
    }
}
