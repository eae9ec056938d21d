package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Cfa;
import dev.fovea.image.Demosaic;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import dev.fovea.image.kernel.TileFft;
import dev.fovea.photo.kernel.Malvar;
import java.util.List;
import java.util.Random;

/**
 * A stack over sensor values. A mosaic is filled in linearly, in values of unit noise: the noise of the result then is known exactly. Only
 * the reference comes well demosaiced, as it has to stand alone where nothing else can be trusted.
 */
final class RawStack extends Stack {
    /** Below this standard deviation at a fifth of white, demosaicing errs more than the noise of eight frames. */
    private static final double QUIET = Double.parseDouble(System.getProperty("quiet", "0.02"));
    /** Rows beyond its own that good demosaicing looks at. */
    private static final int CONTEXT = 8;

    private final List<Raw> shots;
    private final NoiseModel noise;
    private final boolean quiet;
    private final Stabiliser stabiliser;
    private int reference = -1;
    private float[][] demosaiced = {};
    private final float[][] tables;
    private final Cfa cfa;

    /**
     * @param noise of the shots
     * @param stabiliser made for that noise
     */
    RawStack(List<Raw> shots, NoiseModel noise, Stabiliser stabiliser) {
        super(shots.size(), 3, shots.getFirst().width(), shots.getFirst().height());
        this.shots = shots;
        this.noise = noise;
        this.quiet = noise.variance(0.2) < QUIET * QUIET;
        this.stabiliser = stabiliser;
        this.cfa = shots.getFirst().cfa();
        this.tables = new float[cfa.mosaic() ? 4 : 3][];
        Raw first = shots.getFirst();
        for (int p = 0; p < tables.length; p++) {
            // Black levels are usually all alike: then the table is, too.
            tables[p] = p > 0 && first.black(p) == first.black(p - 1) ? tables[p - 1] : table(first, p, stabiliser);
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
            t[i] = stabiliser.forward((i - raw.black(plane)) / (raw.white() - raw.black(plane)));
        }
        return t;
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
        } else if (cfa.mosaic() && quiet) {
            careful(shots.get(frame), y, count, out);
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
                for (int x = 0; x < width(); x++) {
                    out[p][o + x] = stabiliser.forward(demosaiced[p][i + x]);
                }
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

    /** Demosaics as well as the reference is: where noise is low, what demosaicing guesses is the larger error. */
    private void careful(Raw raw, int y, int count, float[][] out) {
        int w = width();
        int first = y - CONTEXT;
        int rows = count + 2 * CONTEXT;
        float[] values = new float[w * rows];
        for (int j = 0; j < rows; j++) {
            int line = mirror(first + j, height());
            for (int x = 0; x < w; x++) {
                values[j * w + x] = raw.value(0, x, line);
            }
        }
        float[][] planes =
                Demosaic.planes(values, w, rows, cfa.shifted(0, first), raw.colour().gains(), noise);
        for (int p = 0; p < 3; p++) {
            for (int j = 0; j < count; j++) {
                int i = (j + CONTEXT) * w;
                int o = j * stride() + RIM;
                for (int x = 0; x < w; x++) {
                    out[p][o + x] = stabiliser.forward(planes[p][i + x]);
                }
            }
        }
    }

    private void mosaic(Raw raw, int y, int count, float[][] out) {
        float[][] window = new float[5][width() + 4];
        for (int j = -2; j < count + 2; j++) {
            float[] row = window[Math.floorMod(j, 5)];
            sensed(raw, y + j, row);
            if (j >= 2) {
                int centre = j - 2;
                int o = centre * stride() + RIM;
                int at = y + centre;
                Malvar.row(
                        window[Math.floorMod(centre - 2, 5)],
                        window[Math.floorMod(centre - 1, 5)],
                        window[Math.floorMod(centre, 5)],
                        window[Math.floorMod(centre + 1, 5)],
                        window[Math.floorMod(centre + 2, 5)],
                        cfa.colourAt(0, at),
                        cfa.colourAt(1, at),
                        width(),
                        out,
                        o);
            }
        }
    }

    /** One row of the mosaic with two more samples at each end, the picture mirrored at its edges so that colours keep their places. */
    private void sensed(Raw raw, int y, float[] row) {
        int line = mirror(y, height());
        int o = line * width();
        short[] samples = raw.plane(0);
        float[] even = tables[(line & 1) * 2];
        float[] odd = tables[(line & 1) * 2 + 1];
        for (int x = 0; x < width(); x++) {
            row[x + 2] = ((x & 1) == 0 ? even : odd)[samples[o + x] & 0xFFFF];
        }
        for (int k = 1; k <= 2; k++) {
            row[2 - k] = row[2 + mirror(-k, width())];
            row[width() + 1 + k] = row[2 + mirror(width() - 1 + k, width())];
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

    /** Measured: white noise, demosaiced as the frames are. For full colour it is flat. */
    @Override
    float[][] spectra() {
        float[][] sums = new float[3][TileFft.N * TileFft.BINS];
        if (!cfa.mosaic()) {
            for (float[] s : sums) {
                java.util.Arrays.fill(s, TileFft.N * TileFft.N);
            }
            return sums;
        }
        var random = new Random(1);
        var fft = new TileFft();
        float[] re = new float[TileFft.SPECTRUM];
        float[] im = new float[TileFft.SPECTRUM];
        int batches = 32;
        for (int b = 0; b < batches; b++) {
            float[][] tiles = noise(random);
            Decorrelation.forward(tiles);
            for (int p = 0; p < 3; p++) {
                fft.forward(tiles[p], re, im);
                for (int i = 0; i < re.length; i++) {
                    sums[p][i / TileFft.LANES] += (re[i] * re[i] + im[i] * im[i]) / (batches * TileFft.LANES);
                }
            }
        }
        return sums;
    }

    private static float[][] noise(Random random) {
        int n = TileFft.N;
        float[][] tiles = new float[3][TileFft.TILE];
        float[][] rows = new float[n + 4][n + 4];
        float[][] out = new float[3][n];
        for (int l = 0; l < TileFft.LANES; l++) {
            for (float[] row : rows) {
                for (int x = 0; x < row.length; x++) {
                    row[x] = (float) random.nextGaussian();
                }
            }
            for (int y = 0; y < n; y++) {
                Cfa c = Cfa.RGGB;
                Malvar.row(
                        rows[y],
                        rows[y + 1],
                        rows[y + 2],
                        rows[y + 3],
                        rows[y + 4],
                        c.colourAt(0, y),
                        c.colourAt(1, y),
                        n,
                        out,
                        0);
                for (int x = 0; x < n; x++) {
                    for (int p = 0; p < 3; p++) {
                        tiles[p][(y * n + x) * TileFft.LANES + l] = out[p][x];
                    }
                }
            }
        }
        return tiles;
    }

    @Override
    float allowance() {
        return cfa.mosaic() ? 1 : 0;
    }
}
