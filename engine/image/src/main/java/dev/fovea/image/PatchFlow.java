package dev.fovea.image;

import dev.fovea.Work;
import dev.fovea.image.kernel.FlowTerms.Field;
import dev.fovea.image.kernel.PatchError;
import java.util.Arrays;

/**
 * The patches of one level: each descends from where the level above, or a neighbour, says it went, to where it differs least (Kroeger et
 * al. 2016, section 2.1; the spread from neighbour to neighbour is PatchMatch's, Barnes et al. 2009). Bands of patches know nothing of each
 * other, so that they may run at the same time.
 */
final class PatchFlow {
    private static final int SIDE = PatchError.SIDE;
    /** Rows of patches that pass displacements on to each other. */
    private static final int BAND = 8;
    /** Candidates nearer than this are left to the descent, in pixels squared. */
    private static final float NEAR = 0.25f;
    /** A step shorter than this ends the descent, in pixels squared. */
    private static final float SHORT = 2.5e-4f;
    /** Added to the squared slopes: a patch without texture stays where it is. */
    private static final float STIFF = 64;

    private final Framed a;
    private final Framed b;
    private final float[] slopeX;
    private final float[] slopeY;
    private final int stride;
    private final int descents;
    private final int across;
    private final int down;
    private final float[] u;
    private final float[] v;
    private final float[] error;

    /**
     * Patches where they are expected.
     *
     * @param expected for every pixel of a, from the level above
     */
    PatchFlow(FlowLevel a, FlowLevel b, Field expected, int stride, int descents) {
        this.a = Framed.of(a);
        this.b = Framed.of(b);
        this.slopeX = this.a.slope(1);
        this.slopeY = this.a.slope(this.a.pitch());
        this.stride = stride;
        this.descents = descents;
        this.across = count(a.width());
        this.down = count(a.height());
        this.u = new float[across * down];
        this.v = new float[across * down];
        this.error = new float[across * down];
        for (int j = 0; j < down; j++) {
            for (int i = 0; i < across; i++) {
                int middle = Math.min(start(j, a.height()) + SIDE / 2, a.height() - 1) * a.width()
                        + Math.min(start(i, a.width()) + SIDE / 2, a.width() - 1);
                u[j * across + i] = expected.u()[middle];
                v[j * across + i] = expected.v()[middle];
            }
        }
    }

    private int count(int length) {
        return 1 + (Math.max(0, length - SIDE) + stride - 1) / stride;
    }

    /** Where the i-th patch starts; the last is moved back into the picture. */
    private int start(int i, int length) {
        return Math.min(i * stride, Math.max(0, length - SIDE));
    }

    /** Lets every patch find its place. */
    void search() {
        Work.rows(down, BAND, (from, to) -> {
            var one = new Descent();
            for (int j = from; j < to; j++) {
                for (int i = 0; i < across; i++) {
                    one.first(i, j, i > 0, j > from);
                }
            }
            for (int j = to - 1; j >= from; j--) {
                for (int i = across - 1; i >= 0; i--) {
                    one.again(i, j, i < across - 1, j < to - 1);
                }
            }
        });
    }

    /** Each pixel's displacement: the mean of its patches', weighed by how well they fit there. */
    void spread(Field field) {
        Work.rows(a.height(), 2 * SIDE, (from, to) -> {
            int n = Math.max(a.width(), SIDE);
            var weight = new float[n];
            var mu = new float[n];
            var mv = new float[n];
            for (int y = from; y < to; y++) {
                Arrays.fill(weight, 0);
                Arrays.fill(mu, 0);
                Arrays.fill(mv, 0);
                cover(y, weight, mu, mv);
                int at = y * a.width();
                for (int x = 0; x < a.width(); x++) {
                    field.u()[at + x] = mu[x] / weight[x];
                    field.v()[at + x] = mv[x] / weight[x];
                }
            }
        });
    }

    private void cover(int y, float[] weight, float[] mu, float[] mv) {
        for (int j = Math.max(0, (y - SIDE) / stride); j < down; j++) {
            int top = start(j, a.height());
            if (top > y) {
                break;
            }
            if (top + SIDE > y) {
                row(j, y - top, weight, mu, mv);
            }
        }
    }

    private void row(int j, int r, float[] weight, float[] mu, float[] mv) {
        int top = start(j, a.height());
        for (int i = 0; i < across; i++) {
            int left = start(i, a.width());
            int k = j * across + i;
            float px = within(left + u[k], b.width());
            float py = within(top + v[k], b.height());
            int ix = (int) Math.floor(px);
            int iy = (int) Math.floor(py);
            PatchError.spread(
                    a.plane(),
                    a.at(left, top + r),
                    b.plane(),
                    b.at(ix, iy + r),
                    px - ix,
                    py - iy,
                    a.pitch(),
                    u[k],
                    v[k],
                    weight,
                    mu,
                    mv,
                    left);
        }
    }

    /** A patch never loses touch with the picture. */
    private static float within(float p, int length) {
        return Math.max(1 - SIDE, Math.min(length - 1, p));
    }

    /** The search of one patch after the other, and its scratch. */
    private final class Descent {
        private final float[] columns = new float[PatchError.SUMS * SIDE];
        private final float[] sums = new float[PatchError.SUMS];
        private int left;
        private int top;
        private float bestU;
        private float bestV;
        private float best;
        private float towardsX;
        private float towardsY;
        private float mean;
        // the patch's slopes: their sums, and the inverse of the matrix of their products about the mean
        private float sumX;
        private float sumY;
        private float ixx;
        private float ixy;
        private float iyy;

        void first(int i, int j, boolean hasLeft, boolean hasUp) {
            int k = place(i, j);
            best = Float.POSITIVE_INFINITY;
            attempt(u[k], v[k]);
            neighbours(k, hasLeft ? k - 1 : k, hasUp ? k - across : k);
            descend();
            keep(k);
        }

        void again(int i, int j, boolean hasRight, boolean hasDown) {
            int k = place(i, j);
            bestU = u[k];
            bestV = v[k];
            best = error[k];
            if (neighbours(k, hasRight ? k + 1 : k, hasDown ? k + across : k)) {
                descend();
                keep(k);
            }
        }

        private int place(int i, int j) {
            left = start(i, a.width());
            top = start(j, a.height());
            return j * across + i;
        }

        private boolean neighbours(int k, int one, int other) {
            boolean better = far(one, u[k], v[k]) && attempt(u[one], v[one]);
            return (far(other, u[k], v[k]) && far(other, bestU, bestV) && attempt(u[other], v[other])) | better;
        }

        private boolean far(int k, float x, float y) {
            float dx = u[k] - x;
            float dy = v[k] - y;
            return dx * dx + dy * dy > NEAR;
        }

        /** Takes a place if it fits better than the best so far. */
        private boolean attempt(float tryU, float tryV) {
            float px = within(left + tryU, b.width());
            float py = within(top + tryV, b.height());
            int ix = (int) Math.floor(px);
            int iy = (int) Math.floor(py);
            PatchError.differences(
                    a.plane(),
                    slopeX,
                    slopeY,
                    a.at(left, top),
                    b.plane(),
                    b.at(ix, iy),
                    px - ix,
                    py - iy,
                    a.pitch(),
                    columns,
                    sums);
            float level = sums[0] / (SIDE * SIDE);
            float ssd = sums[1] - sums[0] * level;
            if (!(ssd < best)) {
                return false;
            }
            best = ssd;
            bestU = px - left;
            bestV = py - top;
            towardsX = sums[2];
            towardsY = sums[3];
            mean = level;
            return true;
        }

        private void descend() {
            shape();
            float startU = bestU;
            float startV = bestV;
            float startError = best;
            for (int i = 0; i < descents; i++) {
                float gx = towardsX - mean * sumX;
                float gy = towardsY - mean * sumY;
                float du = ixx * gx + ixy * gy;
                float dv = ixy * gx + iyy * gy;
                if (!attempt(bestU - du, bestV - dv)) {
                    break;
                }
                if (du * du + dv * dv < SHORT) {
                    break;
                }
            }
            float du = bestU - startU;
            float dv = bestV - startV;
            if (du * du + dv * dv > SIDE * SIDE) {
                bestU = startU;
                bestV = startV;
                best = startError;
            }
        }

        private void shape() {
            PatchError.shape(slopeX, slopeY, a.at(left, top), a.pitch(), columns, sums);
            float n = SIDE * SIDE;
            sumX = sums[0];
            sumY = sums[1];
            float xx = sums[2] - sumX * sumX / n + STIFF;
            float xy = sums[3] - sumX * sumY / n;
            float yy = sums[4] - sumY * sumY / n + STIFF;
            float over = 1 / (xx * yy - xy * xy);
            ixx = yy * over;
            ixy = -xy * over;
            iyy = xx * over;
        }

        private void keep(int k) {
            u[k] = bestU;
            v[k] = bestV;
            error[k] = best;
        }
    }
}
