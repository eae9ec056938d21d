package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Cfa;
import dev.fovea.image.Demosaic;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import dev.fovea.image.kernel.TileFft;
import java.util.List;
import java.util.Random;

/**
 * A stack over sensor values. Mosaics are filled in before they are merged: merged as they are, they keep the aliasing of their planes, and
 * the result measured 2 dB less than the average of demosaiced frames. The noise that demosaicing leaves is measured, too.
 */
final class RawStack extends Stack {
    /** Side of the picture on which noise is measured, and its brightness. */
    private static final int NOISE = 256;

    private static final double GREY = 0.18;
    /** Rows beyond its own that good demosaicing looks at. */
    private static final int CONTEXT = 8;

    private final List<Raw> shots;
    private final NoiseModel noise;
    private final Stabiliser stabiliser;
    private int reference = -1;
    private float[][] demosaiced = {};
    private final float[][] tables;
    private final float[][] linear;
    private final Cfa cfa;

    /**
     * @param noise of the shots
     * @param stabiliser made for that noise
     */
    RawStack(List<Raw> shots, NoiseModel noise, Stabiliser stabiliser) {
        super(shots.size(), 3, shots.getFirst().width(), shots.getFirst().height());
        this.shots = shots;
        this.noise = noise;
        this.stabiliser = stabiliser;
        this.cfa = shots.getFirst().cfa();
        this.tables = new float[cfa.mosaic() ? 4 : 3][];
        this.linear = new float[tables.length][];
        Raw first = shots.getFirst();
        for (int p = 0; p < tables.length; p++) {
            // Black levels are usually all alike: then the table is, too.
            boolean same = p > 0 && first.black(p) == first.black(p - 1);
            tables[p] = same ? tables[p - 1] : table(first, p, stabiliser);
            linear[p] = same ? linear[p - 1] : table(first, p);
        }
    }

    /** Names the frame that comes well demosaiced, with its normalised planes. */
    void reference(int frame, float[][] planes) {
        reference = frame;
        demosaiced = planes;
    }

    /** The stabiliser for sensor values of that noise. */
    static Stabiliser stabiliser(NoiseModel noise, Raw raw) {
        double black = raw.black(0);
        double high = (65535 - black) / (raw.white() - black);
        return new Stabiliser(noise::variance, -8 * Math.sqrt(noise.read()) - 1e-3, Math.min(high, 4) + 0.05);
    }

    private static float[] table(Raw raw, int plane, Stabiliser stabiliser) {
        float[] t = new float[65536];
        for (int i = 0; i < t.length; i++) {
            t[i] = stabiliser.forward(normalised(i, raw, plane));
        }
        return t;
    }

    private static float[] table(Raw raw, int plane) {
        float[] t = new float[65536];
        for (int i = 0; i < t.length; i++) {
            t[i] = normalised(i, raw, plane);
        }
        return t;
    }

    private static float normalised(int code, Raw raw, int plane) {
        return (code - raw.black(plane)) / (raw.white() - raw.black(plane));
    }

    @Override
    Plane grey(int frame) {
        var grey = new Plane((width() + 1) / 2, (height() + 1) / 2);
        Raw raw = shots.get(frame);
        int planes = cfa.mosaic() ? 1 : 3;
        float norm = (float) (0.5 / Math.sqrt(planes));
        Work.rows(grey.height(), 16, (from, to) -> {
            for (int y = from; y < to; y++) {
                int o = grey.at(0, y);
                for (int x = 0; x < grey.width(); x++) {
                    float sum = 0;
                    for (int k = 0; k < 4; k++) {
                        int i = Math.min(2 * y + (k >> 1), height() - 1) * width()
                                + Math.min(2 * x + (k & 1), width() - 1);
                        for (int p = 0; p < planes; p++) {
                            sum += tables[planes == 1 ? k : p][raw.plane(p)[i] & 0xFFFF];
                        }
                    }
                    grey.values()[o + x] = sum * norm;
                }
            }
        });
        grey.pad();
        return grey;
    }

    @Override
    void rows(int frame, int y, int count, float[][] out) {
        if (frame == reference) {
            finished(y, count, out);
        } else if (cfa.mosaic()) {
            mosaic(shots.get(frame), y, count, out);
        } else {
            linear(shots.get(frame), y, count, out);
        }
        for (float[] plane : out) {
            rim(plane, count);
        }
    }

    private void finished(int y, int count, float[][] out) {
        for (int p = 0; p < 3; p++) {
            for (int j = 0; j < count; j++) {
                int i = Math.clamp(y + j, 0, height() - 1) * width();
                int o = j * stride() + RIM;
                stabiliser.forward(demosaiced[p], i, out[p], o, width());
            }
        }
    }

    private void linear(Raw raw, int y, int count, float[][] out) {
        for (int p = 0; p < 3; p++) {
            short[] samples = raw.plane(p);
            for (int j = 0; j < count; j++) {
                int i = Math.clamp(y + j, 0, height() - 1) * width();
                int o = j * stride() + RIM;
                for (int x = 0; x < width(); x++) {
                    out[p][o + x] = tables[p][samples[i + x] & 0xFFFF];
                }
            }
        }
    }

    /** Demosaics as well as the reference is. */
    private void mosaic(Raw raw, int y, int count, float[][] out) {
        int w = width();
        int first = y - CONTEXT;
        int rows = count + 2 * CONTEXT;
        float[] values = new float[w * rows];
        short[] samples = raw.plane(0);
        for (int j = 0; j < rows; j++) {
            int line = mirror(first + j, height());
            float[] even = linear[(line & 1) * 2];
            float[] odd = linear[(line & 1) * 2 + 1];
            for (int x = 0; x < w; x++) {
                values[j * w + x] = ((x & 1) == 0 ? even : odd)[samples[line * w + x] & 0xFFFF];
            }
        }
        float[][] planes = Demosaic.planes(
                values, w, rows, cfa.shifted(0, first), raw.colour().gains(), noise);
        for (int p = 0; p < 3; p++) {
            for (int j = 0; j < count; j++) {
                stabiliser.forward(planes[p], (j + CONTEXT) * w, out[p], j * stride() + RIM, w);
            }
        }
    }

    private static int mirror(int i, int size) {
        if (size < 3) {
            return Math.floorMod(i, size);
        }
        int period = 2 * (size - 1);
        int m = Math.floorMod(i, period);
        return m < size ? m : period - m;
    }

    /** Measured: noise on plain grey, demosaiced as the frames are. For full colour it is flat. */
    @Override
    float[][] spectra() {
        if (!cfa.mosaic()) {
            return FrameStack.white(3);
        }
        float[][] planes = greyNoise();
        float[][] sums = new float[3][TileFft.N * TileFft.BINS];
        float[][] tiles = new float[3][TileFft.TILE];
        var fft = new TileFft();
        float[] re = new float[TileFft.SPECTRUM];
        float[] im = new float[TileFft.SPECTRUM];
        int across = NOISE / TileFft.N;
        for (int t = 0; t < across * across; t += TileFft.LANES) {
            for (int p = 0; p < 3; p++) {
                for (int i = 0; i < TileFft.TILE; i++) {
                    int tile = t + i % TileFft.LANES;
                    int x = tile % across * TileFft.N + i / TileFft.LANES % TileFft.N;
                    int y = tile / across * TileFft.N + i / TileFft.LANES / TileFft.N;
                    tiles[p][i] = planes[p][y * NOISE + x];
                }
            }
            Decorrelation.forward(tiles);
            for (int p = 0; p < 3; p++) {
                fft.forward(tiles[p], re, im);
                for (int i = 0; i < re.length; i++) {
                    sums[p][i / TileFft.LANES] += (re[i] * re[i] + im[i] * im[i]) / (across * across);
                }
            }
        }
        for (float[] s : sums) {
            // Plain grey has a mean of its own, which is no noise: the bin beside it tells.
            s[0] = s[1];
        }
        return sums;
    }

    private float[][] greyNoise() {
        var random = new Random(1);
        float[] mosaic = new float[NOISE * NOISE];
        double sigma = Math.sqrt(noise.variance(GREY));
        for (int i = 0; i < mosaic.length; i++) {
            mosaic[i] = (float) (GREY + sigma * random.nextGaussian());
        }
        float[][] planes = Demosaic.planes(mosaic, NOISE, NOISE, cfa, new float[] {1, 1, 1}, noise);
        for (float[] p : planes) {
            stabiliser.forward(p, 0, p, 0, p.length);
        }
        return planes;
    }

    @Override
    float allowance() {
        return cfa.mosaic() ? 0.1f : 0;
    }
}
