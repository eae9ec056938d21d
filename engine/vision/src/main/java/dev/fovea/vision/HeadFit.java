package dev.fovea.vision;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * How the average face lies in a picture: the turn, size and shift that bring it nearest to a mesh, in weighted squared distances (Umeyama,
 * Least-squares estimation of transformation parameters, PAMI 1991). Axes: x right, y up, z towards the camera.
 *
 * @param turn rows of the rotation from the head's axes to the camera's
 * @param scale pixels per centimetre of the average face
 */
record HeadFit(double[] turn, double scale) {
    static HeadFit of(Landmarks mesh) {
        double[] from = mean(CanonicalFace.POINTS);
        var seen = new double[3 * Landmarks.COUNT];
        for (int i = 0; i < Landmarks.COUNT; i++) {
            seen[3 * i] = mesh.x(i);
            seen[3 * i + 1] = -mesh.y(i);
            seen[3 * i + 2] = -mesh.z(i);
        }
        double[] to = mean(seen);
        var covariance = new DMatrixRMaj(3, 3);
        double spread = 0;
        for (int i = 0; i < Landmarks.COUNT; i++) {
            double weight = CanonicalFace.WEIGHTS[i];
            for (int r = 0; r < 3; r++) {
                double a = CanonicalFace.POINTS[3 * i + r] - from[r];
                spread += weight * a * a;
                for (int c = 0; c < 3; c++) {
                    covariance.add(c, r, weight * (seen[3 * i + c] - to[c]) * a);
                }
            }
        }
        return solved(covariance, spread);
    }

    private static HeadFit solved(DMatrixRMaj covariance, double spread) {
        var svd = DecompositionFactory_DDRM.svd(3, 3, true, true, false);
        if (!svd.decompose(covariance)) {
            return new HeadFit(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 1);
        }
        DMatrixRMaj u = svd.getU(null, false);
        DMatrixRMaj v = svd.getV(null, true);
        double[] s = svd.getSingularValues();
        // Never a mirror image: if it were the best, the direction that matters least is turned over. EJML does not
        // sort.
        if (CommonOps_DDRM.det(u) * CommonOps_DDRM.det(v) < 0) {
            int least = s[0] < s[1] ? (s[0] < s[2] ? 0 : 2) : (s[1] < s[2] ? 1 : 2);
            s[least] = -s[least];
            for (int r = 0; r < 3; r++) {
                u.set(r, least, -u.get(r, least));
            }
        }
        var turn = new DMatrixRMaj(3, 3);
        CommonOps_DDRM.mult(u, v, turn);
        return new HeadFit(turn.data, Math.max(1e-9, (s[0] + s[1] + s[2]) / spread));
    }

    /** A direction of the head's axes in the camera's. */
    double[] turned(double x, double y, double z) {
        var out = new double[3];
        for (int r = 0; r < 3; r++) {
            out[r] = turn[3 * r] * x + turn[3 * r + 1] * y + turn[3 * r + 2] * z;
        }
        return out;
    }

    private static double[] mean(double[] points) {
        var mean = new double[3];
        double all = 0;
        for (int i = 0; i < Landmarks.COUNT; i++) {
            all += CanonicalFace.WEIGHTS[i];
            for (int k = 0; k < 3; k++) {
                mean[k] += CanonicalFace.WEIGHTS[i] * points[3 * i + k];
            }
        }
        for (int k = 0; k < 3; k++) {
            mean[k] /= all;
        }
        return mean;
    }
}
