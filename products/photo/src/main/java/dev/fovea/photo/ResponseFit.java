package dev.fovea.photo;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/**
 * The least-squares fit behind {@link ResponseCurve} and {@link Exposures}. With g(z) the logarithm of the light that gives code z, and two
 * codes a, b that show the same light in frames of exposure e, f: g(b) − g(a) = ln f − ln e. This is the equation of Debevec and Malik
 * (1997) with the radiances eliminated; it is linear in g and in the logarithms of the exposures, of which one kind or both are unknown.
 *
 * <p>g is u·s(z) + d(z) in each channel: s is the sRGB curve, u a factor and d a correction that is as smooth as the data allow. So codes
 * that no pair of frames shows follow sRGB.
 */
final class ResponseFit {
    static final int CODES = 256;
    private static final int STRIDE = 3;
    private static final int KNOTS = (CODES - 1) / STRIDE + 1;
    /** Codes outside may be clipped, or clipped and then compressed or resampled. */
    private static final double LOWEST = 3.5;

    private static final double HIGHEST = 250.5;
    /** The correction's slope changes by about this share of the sRGB curve's slope from one knot to the next. */
    private static final double BEND = 0.02;
    /** Error of a code (noise, compression), and of a histogram's running share (motion, borders). */
    private static final double CODE_ERROR = 0.5;

    private static final double SHARE_ERROR = 0.002;
    private static final int ROUNDS = 8;

    /** Two codes, not whole, that show the same light in two frames, and how many pixels are near. */
    private record Match(int channel, int first, int second, double a, double b, double shareA, double shareB) {}

    /** The curves g, and the logarithms of the exposures, the first being 0. */
    record Result(double[][] log, double[] exposures, double residual, int matches) {}

    private final int channels;
    private final int frames;
    private final List<Match> matches;

    ResponseFit(List<Histogram[]> histograms) {
        frames = histograms.size();
        channels = histograms.getFirst().length;
        matches = new ArrayList<>();
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
        for (int a = 0; a < CODES; a++) {
            double b = Histogram.quantile(other, (below[a] + below[a + 1]) / 2);
            if (a > LOWEST && a < HIGHEST && b > LOWEST && b < HIGHEST && first.share(a) > 0) {
                matches.add(new Match(c, i, j, a, b, first.share(a), second.share((int) Math.round(b))));
            }
        }
    }

    /** The first frame that cannot be reached from the first one through matches; -1 if all can. */
    int unmatched() {
        var reached = new boolean[frames];
        reached[0] = true;
        for (int round = 0; round < frames; round++) {
            for (Match m : matches) {
                boolean linked = reached[m.first] || reached[m.second];
                reached[m.first] = linked;
                reached[m.second] = linked;
            }
        }
        for (int i = 0; i < frames; i++) {
            if (!reached[i]) {
                return i;
            }
        }
        return -1;
    }

    /** The sRGB curve: ln of the light at a code, taken at the middle of the code's bin. */
    static double srgb(double code) {
        double v = (code + 0.5) / 256;
        return Math.log(v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
    }

    /** Fits curves to known exposures (logarithms). */
    Result curves(double[] exposures) {
        return solve(exposures, true);
    }

    /** Fits curves and exposures; the curves span as much between codes 32 and 224 as sRGB's: pictures alone do not tell. */
    Result both() {
        return solve(new double[frames], false);
    }

    private Result solve(double[] given, boolean known) {
        int extra = known ? channels : frames - 1;
        int size = channels * KNOTS + extra;
        var x = new double[size];
        if (known) {
            java.util.Arrays.fill(x, channels * KNOTS, size, 1);
        }
        var steep = new double[channels][CODES];
        double scale = 1;
        double[] residuals = new double[matches.size()];
        for (int round = 0; round < ROUNDS; round++) {
            var m = new Normal(size);
            for (int k = 0; k < matches.size(); k++) {
                Match p = matches.get(k);
                double va = slope(x, known, p.channel, p.a);
                double vb = slope(x, known, p.channel, p.b);
                double var = va * va * codeVariance(p.shareA) + vb * vb * codeVariance(p.shareB);
                Row row = row(p, given, known);
                double r = row.residual(x) / Math.sqrt(var);
                residuals[k] = Math.abs(r);
                double robust = round == 0 ? 1 : 1 / (1 + (r / (2 * scale)) * (r / (2 * scale)));
                m.add(row, robust / var);
            }
            double[] sorted = residuals.clone();
            java.util.Arrays.sort(sorted);
            scale = Math.max(1e-3, sorted.length == 0 ? 1 : sorted[sorted.length / 2] / 0.6745);
            priors(m, x, known, steep);
            x = m.solve();
        }
        return result(x, given, known, scale);
    }

    private static double codeVariance(double share) {
        double shift = SHARE_ERROR / (share + 1e-6);
        return CODE_ERROR * CODE_ERROR + shift * shift;
    }

    /** g(b) − g(a) = ln f − ln e as a row: unknowns on the left, what is known on the right. */
    private Row row(Match p, double[] given, boolean known) {
        var row = new Row(8);
        knots(row, p.channel, p.b, 1);
        knots(row, p.channel, p.a, -1);
        double prior = srgb(p.b) - srgb(p.a);
        int extra = channels * KNOTS;
        if (known) {
            row.put(extra + p.channel, prior);
            row.right = given[p.second] - given[p.first];
        } else {
            if (p.second > 0) {
                row.put(extra + p.second - 1, -1);
            }
            if (p.first > 0) {
                row.put(extra + p.first - 1, 1);
            }
            row.right = -prior;
        }
        return row;
    }

    private static void knots(Row row, int channel, double code, double factor) {
        int k = Math.clamp((int) (code / STRIDE), 0, KNOTS - 2);
        double t = code / STRIDE - k;
        row.put(channel * KNOTS + k, factor * (1 - t));
        row.put(channel * KNOTS + k + 1, factor * t);
    }

    private void priors(Normal m, double[] x, boolean known, double[][] steep) {
        double smooth = 1 / (BEND * BEND);
        for (int c = 0; c < channels; c++) {
            for (int k = 1; k < KNOTS - 1; k++) {
                double unit = srgbStep(k);
                var bend = new Row(3);
                bend.put(c * KNOTS + k - 1, 1 / unit);
                bend.put(c * KNOTS + k, -2 / unit);
                bend.put(c * KNOTS + k + 1, 1 / unit);
                m.add(bend, smooth);
            }
            rising(m, x, known, c);
            // The level of a curve is free: how bright, and which colour is neutral, pictures do not tell.
            var level = new Row(1);
            level.put(c * KNOTS + KNOTS / 2, 1);
            m.add(level, 1e6);
        }
        gauge(m, known);
    }

    private static double srgbStep(int knot) {
        return (srgb((knot + 1) * STRIDE) - srgb((knot - 1) * STRIDE)) / 2;
    }

    /** Where a curve rises less than a fifth as fast as sRGB, it is pulled up to that (Bollaerts, Eilers and van Mechelen 2006). */
    private void rising(Normal m, double[] x, boolean known, int c) {
        int extra = channels * KNOTS;
        double u = known ? x[extra + c] : 1;
        for (int k = 0; k < KNOTS - 1; k++) {
            double prior = srgb((k + 1) * STRIDE) - srgb(k * STRIDE);
            if (u * prior + x[c * KNOTS + k + 1] - x[c * KNOTS + k] < 0.2 * prior) {
                var row = new Row(3);
                row.put(c * KNOTS + k + 1, 1);
                row.put(c * KNOTS + k, -1);
                row.right = 0.2 * prior;
                if (known) {
                    row.put(extra + c, prior);
                } else {
                    row.right -= prior;
                }
                m.add(row, 1e6);
            }
        }
    }

    private void gauge(Normal m, boolean known) {
        if (known) {
            for (int c = 0; c < channels; c++) {
                var row = new Row(1);
                row.put(channels * KNOTS + c, 1);
                row.right = 1;
                m.add(row, 10);
            }
            return;
        }
        var row = new Row(4 * channels);
        for (int c = 0; c < channels; c++) {
            knots(row, c, 224, 1);
            knots(row, c, 32, -1);
        }
        m.add(row, 1e8);
        // An exposure that no match speaks of stays that of the first.
        for (int i = 1; i < frames; i++) {
            var still = new Row(1);
            still.put(channels * KNOTS + i - 1, 1);
            m.add(still, 1e-6);
        }
    }

    private double value(double[] x, boolean known, int c, double code) {
        int k = Math.clamp((int) (code / STRIDE), 0, KNOTS - 2);
        double t = code / STRIDE - k;
        double u = known ? x[channels * KNOTS + c] : 1;
        return u * srgb(code) + x[c * KNOTS + k] * (1 - t) + x[c * KNOTS + k + 1] * t;
    }

    private double slope(double[] x, boolean known, int c, double code) {
        double h = Math.min(1, code);
        return (value(x, known, c, code + 1) - value(x, known, c, code - h)) / (1 + h);
    }

    private Result result(double[] x, double[] given, boolean known, double scale) {
        var log = new double[channels][CODES];
        for (int c = 0; c < channels; c++) {
            for (int z = 0; z < CODES; z++) {
                log[c][z] = value(x, known, c, z);
            }
        }
        double[] e = given.clone();
        if (!known) {
            System.arraycopy(x, channels * KNOTS, e, 1, frames - 1);
        }
        return new Result(log, e, scale, matches.size());
    }

    /** One equation with few unknowns. */
    private static final class Row {
        private final int[] at;
        private final double[] factor;
        private int used;
        double right;

        Row(int capacity) {
            at = new int[capacity];
            factor = new double[capacity];
        }

        void put(int unknown, double value) {
            at[used] = unknown;
            factor[used++] = value;
        }

        double residual(double[] x) {
            double sum = -right;
            for (int i = 0; i < used; i++) {
                sum += factor[i] * x[at[i]];
            }
            return sum;
        }
    }

    /** The normal equations of weighted rows. */
    private static final class Normal {
        private final DMatrixRMaj a;
        private final DMatrixRMaj b;

        Normal(int size) {
            a = new DMatrixRMaj(size, size);
            b = new DMatrixRMaj(size, 1);
            CommonOps_DDRM.setIdentity(a);
            CommonOps_DDRM.scale(1e-9, a);
        }

        void add(Row row, double weight) {
            for (int i = 0; i < row.used; i++) {
                double f = weight * row.factor[i];
                for (int j = 0; j < row.used; j++) {
                    a.data[row.at[i] * a.numCols + row.at[j]] += f * row.factor[j];
                }
                b.data[row.at[i]] += f * row.right;
            }
        }

        double[] solve() {
            var solver = LinearSolverFactory_DDRM.symmPosDef(a.numCols);
            var x = new DMatrixRMaj(a.numCols, 1);
            if (!solver.setA(a)) {
                throw new IllegalStateException("the normal equations of a camera's response are singular");
            }
            solver.solve(b, x);
            return x.data;
        }
    }
}
