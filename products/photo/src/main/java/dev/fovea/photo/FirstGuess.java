package dev.fovea.photo;

import dev.fovea.Work;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The merged picture with the blur of lens and pixel undone as far as its noise allows, still on the sensor's grid: where the fine picture
 * begins. Square by square; belongs to one thread.
 */
final class FirstGuess {
    /** Pixels along the part of a square that counts, and around it, where its edge is felt. */
    private static final int CORE = 192;

    private static final int HALO = 2 * Restore.PITCH;
    private static final int SIDE = CORE + 2 * HALO;
    /** Squared response of the blur that is half given up rather than undone: aliases are undone with it. */
    private static final double LEAST = 0.03;
    /** How strongly noise is shrunk, of which little is left. */
    private static final float CALM = 0.3f;

    private final SuperResolution task;
    private final Restore restore;
    private final float[][] merged;
    private final float[][] restored;

    private FirstGuess(SuperResolution task) {
        this.task = task;
        int colours = task.samples().colours();
        this.restore = new Restore(colours, new Optics(1, task.optics().lens()), 0, LEAST);
        this.merged = new float[colours][SIDE * SIDE];
        this.restored = new float[colours][SIDE * SIDE];
    }

    /** The planes, white-balanced. */
    static float[][] planes(SuperResolution task) {
        int width = task.samples().width();
        int height = task.samples().height();
        float[][] out = new float[task.samples().colours()][width * height];
        int across = (width + CORE - 1) / CORE;
        var idle = new ConcurrentLinkedQueue<FirstGuess>();
        Work.rows(across * ((height + CORE - 1) / CORE), 1, (from, to) -> {
            FirstGuess free = idle.poll();
            FirstGuess square = free != null ? free : new FirstGuess(task);
            for (int i = from; i < to; i++) {
                square.make(i % across * CORE, i / across * CORE, out);
            }
            idle.add(square);
        });
        return out;
    }

    private void make(int x, int y, float[][] out) {
        Samples samples = task.samples();
        int width = samples.width();
        int height = samples.height();
        for (int c = 0; c < out.length; c++) {
            float[] plane = task.merging().image().plane(c);
            float gain = samples.gain(c);
            for (int j = 0; j < SIDE; j++) {
                int row = Math.clamp(y + j - HALO, 0, height - 1) * width;
                for (int i = 0; i < SIDE; i++) {
                    merged[c][j * SIDE + i] = gain * plane[row + Math.clamp(x + i - HALO, 0, width - 1)];
                }
            }
            Arrays.fill(restored[c], 0);
        }
        restore.add(
                merged,
                SIDE,
                (i, j, v) -> noise(x + i - HALO, y + j - HALO, j * SIDE + i, v),
                CALM * task.denoise(),
                restored);
        int n = Math.min(CORE, width - x);
        for (int c = 0; c < out.length; c++) {
            for (int j = 0; j < Math.min(CORE, height - y); j++) {
                System.arraycopy(restored[c], (j + HALO) * SIDE + HALO, out[c], (y + j) * width + x, n);
            }
        }
    }

    /** What is left of the noise in the merged picture. */
    private void noise(int x, int y, int at, float[] variances) {
        float frames = task.frames(x, y);
        for (int c = 0; c < variances.length; c++) {
            variances[c] = (float) (task.samples().variance(c, merged[c][at]) / frames);
        }
    }
}
