package dev.fovea.photo;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/** Weighted equations with few unknowns each, gathered as normal equations. */
final class LeastSquares {
    /** One equation: the sum of factors times unknowns is to be {@code right}. */
    static final class Row {
        private final int[] at;
        private final double[] factor;
        private int used;
        private double right;

        Row(int capacity) {
            at = new int[capacity];
            factor = new double[capacity];
        }

        Row put(int unknown, double value) {
            at[used] = unknown;
            factor[used++] = value;
            return this;
        }

        Row is(double value) {
            right += value;
            return this;
        }

        /** Left side minus right side. */
        double residual(double[] x) {
            double sum = -right;
            for (int i = 0; i < used; i++) {
                sum += factor[i] * x[at[i]];
            }
            return sum;
        }
    }

    private final DMatrixRMaj a;
    private final DMatrixRMaj b;

    LeastSquares(int unknowns) {
        a = new DMatrixRMaj(unknowns, unknowns);
        b = new DMatrixRMaj(unknowns, 1);
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
            throw new IllegalStateException("the equations do not determine all " + a.numCols + " unknowns");
        }
        solver.solve(b, x);
        return x.data;
    }
}
