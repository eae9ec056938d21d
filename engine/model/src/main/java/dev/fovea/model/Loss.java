package dev.fovea.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far the answers of a network that computes in other numbers lie from those in floating point, for one output and over many inputs.
 *
 * @param output its name
 * @param deviation what all but the allowed share of the values keep to, in the output's unit; NaN if no value counted
 * @param allowed what they must keep to
 */
public record Loss(String output, double deviation, double allowed) {
    /** Without a card: this share of the values... */
    private static final double SHARE = 0.99;
    /** ...must keep to this part of the distance between the least and the greatest answer. */
    private static final double OF_SPREAD = 0.01;

    /** Whether it is little enough; what could not be measured is not. */
    public boolean tolerable() {
        return deviation <= allowed;
    }

    /**
     * Compares answers.
     *
     * @param names of the outputs
     * @param tolerances of the card; an output without one may deviate by a hundredth of its spread in one value of a hundred
     * @param right answers in floating point, one list for each input
     * @param other the answers to the same inputs
     */
    static List<Loss> of(
            List<String> names,
            List<ModelCard.Tolerance> tolerances,
            List<List<Tensor>> right,
            List<List<Tensor>> other) {
        var losses = new ArrayList<Loss>();
        for (int o = 0; o < names.size(); o++) {
            String name = names.get(o);
            ModelCard.Tolerance tolerance = tolerances.stream()
                    .filter(t -> t.output().equals(name))
                    .findFirst()
                    .orElse(new ModelCard.Tolerance(name, OF_SPREAD * spread(right, o), SHARE, "", 0));
            double[] off = deviations(tolerance, names, o, right, other);
            losses.add(new Loss(name, quantile(off, tolerance.share()), tolerance.deviation()));
        }
        return List.copyOf(losses);
    }

    private static double[] deviations(
            ModelCard.Tolerance tolerance,
            List<String> names,
            int output,
            List<List<Tensor>> right,
            List<List<Tensor>> other) {
        int gate = names.indexOf(tolerance.where());
        var off = new ArrayList<double[]>();
        for (int i = 0; i < right.size(); i++) {
            double[] a = values(right.get(i).get(output));
            double[] b = values(other.get(i).get(output));
            double[] open = gate < 0 ? new double[0] : values(right.get(i).get(gate));
            off.add(a.length == b.length ? distances(a, b, open, tolerance.least()) : new double[] {Double.MAX_VALUE});
        }
        return off.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    /** The distances of those values whose place has an open gate; without gates of all. */
    private static double[] distances(double[] a, double[] b, double[] gates, double least) {
        var off = new double[a.length];
        int n = 0;
        for (int i = 0; i < a.length; i++) {
            if (gates.length == 0 || gates[(int) ((long) i * gates.length / a.length)] >= least) {
                double d = Math.abs(a[i] - b[i]);
                off[n++] = Double.isFinite(d) ? d : Double.MAX_VALUE;
            }
        }
        return Arrays.copyOf(off, n);
    }

    private static double quantile(double[] off, double share) {
        Arrays.sort(off);
        return off.length == 0
                ? Double.NaN
                : off[Math.clamp((long) Math.ceil(share * off.length) - 1, 0, off.length - 1)];
    }

    private static double spread(List<List<Tensor>> answers, int output) {
        var all = answers.stream()
                .flatMapToDouble(a -> Arrays.stream(values(a.get(output))))
                .filter(Double::isFinite)
                .summaryStatistics();
        return all.getCount() == 0 ? 0 : all.getMax() - all.getMin();
    }

    private static double[] values(Tensor tensor) {
        var values = new double[tensor.size()];
        switch (tensor) {
            case Tensor.Floats t -> Arrays.setAll(values, i -> t.values()[i]);
            case Tensor.Bytes t -> Arrays.setAll(values, i -> t.values()[i] & 255);
            case Tensor.Longs t -> Arrays.setAll(values, i -> t.values()[i]);
        }
        return values;
    }
}
