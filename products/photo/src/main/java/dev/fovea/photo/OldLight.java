package dev.fovea.photo;

import dev.fovea.image.Crop;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The light that a portrait was taken in, estimated from the face itself: skin is taken for one albedo, and its luminance fitted by the
 * first-order harmonics of the light, a + b·n with n the surface's normal (Basri and Jacobs, Lambertian reflectance and linear subspaces,
 * PAMI 2003); eyes, brows, beard and highlights fit badly and lose their say.
 */
final class OldLight {
    private static final int ROUNDS = 6;
    /** Of the mean: so dark is no side of a face in light that a portrait can be taken in. */
    private static final double LEAST = 0.2;

    private static final int TERMS = 4;

    private OldLight() {}

    /** The light on each cell, its mean over the face being 1. */
    static float[] of(Relief relief, Image linear) {
        return of(relief, linear, relief);
    }

    /**
     * The light on another relief, as a face tells it; its mean over the face is 1.
     *
     * @param onto what else the light falls on
     */
    static float[] of(Relief face, Image linear, Relief onto) {
        double[][] rows = rows(face);
        double[] fit = fitted(rows, luminance(face, linear), face.face());
        double sum = 0;
        double all = 1e-9;
        for (int i = 0; i < rows.length; i++) {
            sum += dot(rows[i], fit) * face.face()[i];
            all += face.face()[i];
        }
        double mean = Math.max(1e-6, sum / all);
        double[][] there = onto == face ? rows : rows(onto);
        var light = new float[there.length];
        for (int i = 0; i < light.length; i++) {
            light[i] = (float) Math.max(LEAST, dot(there[i], fit) / mean);
        }
        return light;
    }

    private static float[] luminance(Relief relief, Image linear) {
        Crop part = relief.part();
        Image cut = new Resize(relief.width(), relief.height(), Resize.Filter.BOX).apply(part.apply(linear));
        if (cut.colour().planes() == 1) {
            return cut.plane(0);
        }
        var y = new float[relief.width() * relief.height()];
        for (int i = 0; i < y.length; i++) {
            y[i] = 0.2126f * cut.plane(0)[i] + 0.7152f * cut.plane(1)[i] + 0.0722f * cut.plane(2)[i];
        }
        return y;
    }

    /** 1 and the normal of each cell. */
    private static double[][] rows(Relief relief) {
        var rows = new double[relief.width() * relief.height()][];
        for (int i = 0; i < rows.length; i++) {
            double dx = Shading.slope(relief, i % relief.width(), i / relief.width(), 1, 0);
            double dy = Shading.slope(relief, i % relief.width(), i / relief.width(), 0, 1);
            double length = Math.sqrt(1 + dx * dx + dy * dy);
            rows[i] = new double[] {1, -dx / length, -dy / length, 1 / length};
        }
        return rows;
    }

    /** Least squares, reweighted by 1 / (1 + (r/s)²) with s the mean residual (Cauchy). */
    private static double[] fitted(double[][] rows, float[] seen, float[] face) {
        double scale = Double.POSITIVE_INFINITY;
        double[] fit = new double[TERMS];
        for (int round = 0; round < ROUNDS; round++) {
            var a = new DMatrixRMaj(TERMS, TERMS);
            var b = new DMatrixRMaj(TERMS, 1);
            double residuals = 0;
            double all = 1e-9;
            for (int i = 0; i < rows.length; i++) {
                double r = round == 0 ? 0 : Math.abs(seen[i] - dot(rows[i], fit));
                double weight = face[i] / (1 + r * r / scale / scale);
                add(a, b, rows[i], seen[i], weight);
                residuals += face[i] * r;
                all += face[i];
            }
            for (int k = 0; k < TERMS; k++) {
                a.add(k, k, 1e-3 * all);
            }
            var x = new DMatrixRMaj(TERMS, 1);
            if (!CommonOps_DDRM.solve(a, b, x)) {
                return new double[] {1, 0, 0, 0};
            }
            fit = x.data;
            scale = round == 0 ? scale : Math.max(1e-4, residuals / all);
        }
        return fit;
    }

    private static void add(DMatrixRMaj a, DMatrixRMaj b, double[] row, double seen, double weight) {
        for (int j = 0; j < TERMS; j++) {
            for (int k = 0; k < TERMS; k++) {
                a.add(j, k, weight * row[j] * row[k]);
            }
            b.add(j, 0, weight * row[j] * seen);
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
