package dev.fovea.photo;

import dev.fovea.Work;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Lets the frames of a burst complement each other on a finer grid, patch by patch.
 *
 * @param samples what the frames measured
 * @param merging the frames merged on the reference's own grid, and how they lie on it
 * @param optics how the fine picture becomes samples
 * @param denoise how strongly noise is shrunk
 * @param rounds how often the samples are compared with what the picture predicts
 */
record SuperResolution(Samples samples, Merging merging, Optics optics, float denoise, int rounds) {
    /** Trust below which a frame has no say, and by how much more it has full say. */
    private static final float DOUBT = 0.3f;

    private static final float CERTAIN = 0.2f;
    /** Tiles to each side that overlap a block. */
    private static final int TILES = 1;

    private static final int PITCH = 8;
    /** Patches between two reports of progress. */
    private static final int GROUP = 32;

    /** The planes of the fine picture, in the scale of the merged one. */
    float[][] planes(int width, int height) {
        Work.step("guessing", 0);
        float[][] guess = FirstGuess.planes(this);
        float[][] out = new float[samples.colours()][width * height];
        int across = (width + Patch.CORE - 1) / Patch.CORE;
        int down = (height + Patch.CORE - 1) / Patch.CORE;
        var idle = new ConcurrentLinkedQueue<Patch>();
        int patches = across * down;
        for (int begin = 0; begin < patches; begin += GROUP) {
            int first = begin;
            Work.step("resolving", (double) begin / patches);
            Work.rows(Math.min(GROUP, patches - begin), 1, (from, to) -> {
                Patch free = idle.poll();
                Patch patch = free != null ? free : new Patch(this, guess);
                for (int i = first + from; i < first + to; i++) {
                    patch.make(i % across * Patch.CORE, i / across * Patch.CORE, out, width, height);
                }
                idle.add(patch);
            });
        }
        return out;
    }

    int shots() {
        return merging.fields().size();
    }

    /** Where a point of the reference lies in a frame: so much further right. */
    double dx(int f, double x, double y) {
        return f == merging.reference() ? 0 : 2 * merging.fields().get(f).dx(half(x), half(y));
    }

    /** Likewise down. */
    double dy(int f, double x, double y) {
        return f == merging.reference() ? 0 : 2 * merging.fields().get(f).dy(half(x), half(y));
    }

    private static float half(double x) {
        return (float) ((x + 0.5) / 2 - 0.5);
    }

    /** How many frames went into the merged picture at a place, the reference included. */
    float frames(double x, double y) {
        var merged = merging.merged();
        int tile = tile(y, merged.rows()) * merged.columns() + tile(x, merged.columns());
        float frames = 1;
        for (int f = 0; f < shots(); f++) {
            frames += f == merging.reference() ? 0 : merged.trust()[f][tile];
        }
        return frames;
    }

    /** The merged picture's mean over the colours, white-balanced, 0..1, at the sample nearest to a place. */
    float brightness(double x, double y) {
        int column = Math.clamp((int) Math.round(x), 0, samples.width() - 1);
        int i = Math.clamp(Math.round(y), 0, samples.height() - 1) * samples.width() + column;
        float sum = 0;
        for (int c = 0; c < samples.colours(); c++) {
            sum += samples.gain(c) * merging.image().plane(c)[i];
        }
        return Math.clamp(sum / samples.colours(), 0, 1);
    }

    private static int tile(double x, int tiles) {
        return Math.clamp((int) Math.round(x / PITCH), 0, tiles - 1);
    }

    /** The least trust of the merge's tiles that overlap the block about a place, made strict. */
    float trust(int f, double x, double y) {
        if (f == merging.reference()) {
            return 1;
        }
        var merged = merging.merged();
        float[] trust = merged.trust()[f];
        int i = tile(x, merged.columns());
        int j = tile(y, merged.rows());
        float least = 1;
        for (int v = Math.max(0, j - TILES); v <= Math.min(merged.rows() - 1, j + TILES); v++) {
            for (int u = Math.max(0, i - TILES); u <= Math.min(merged.columns() - 1, i + TILES); u++) {
                least = Math.min(least, trust[v * merged.columns() + u]);
            }
        }
        return Math.clamp((least - DOUBT) / CERTAIN, 0, 1);
    }
}
