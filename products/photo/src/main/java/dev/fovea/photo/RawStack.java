package dev.fovea.photo;

import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import java.util.List;

/** A stack over sensor values: four planes of half size for a mosaic, three for a linear RAW. */
final class RawStack extends Stack {
    private final List<Raw> shots;
    private final float[][] tables;
    private final boolean mosaic;

    /**
     * @param noise of normalised values
     * @param stabiliser made for that noise
     */
    RawStack(List<Raw> shots, Stabiliser stabiliser) {
        super(shots.size(), shots.getFirst().cfa().mosaic() ? 4 : 3, half(shots, true), half(shots, false));
        this.shots = shots;
        this.mosaic = shots.getFirst().cfa().mosaic();
        this.tables = new float[planes()][];
        Raw first = shots.getFirst();
        for (int p = 0; p < tables.length; p++) {
            // Black levels are usually all alike: then the table is, too.
            tables[p] = p > 0 && first.black(p) == first.black(p - 1) ? tables[p - 1] : table(first, p, stabiliser);
        }
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

    private static int half(List<Raw> shots, boolean width) {
        Raw r = shots.getFirst();
        int n = width ? r.width() : r.height();
        return r.cfa().mosaic() ? (n + 1) / 2 : n;
    }

    @Override
    int perGrey() {
        return mosaic ? 1 : 2;
    }

    @Override
    void read(int frame, int plane, int x, int y, int n, float[] out, int stride) {
        Raw raw = shots.get(frame);
        float[] table = tables[plane];
        int pitch = mosaic ? 2 : 1;
        int px = mosaic ? plane & 1 : 0;
        int py = mosaic ? plane >> 1 : 0;
        short[] samples = raw.plane(mosaic ? 0 : plane);
        boolean inside = x >= 0 && pitch * (x + n - 1) + px < raw.width();
        for (int j = 0; j < n; j++) {
            int row = clamp(y + j, pitch, py, raw.height()) * raw.width();
            int o = j * stride;
            if (inside) {
                int i = row + pitch * x + px;
                for (int k = 0; k < n; k++, i += pitch) {
                    out[o + k] = table[samples[i] & 0xFFFF];
                }
            } else {
                for (int k = 0; k < n; k++) {
                    out[o + k] = table[samples[row + clamp(x + k, pitch, px, raw.width())] & 0xFFFF];
                }
            }
        }
    }

    /** The sample's coordinate for a plane's, kept inside without leaving its place in the cell where there is one inside. */
    private static int clamp(int i, int pitch, int place, int size) {
        int c = pitch * Math.max(0, i) + place;
        if (c >= size) {
            c = pitch * ((size - 1 - place) / pitch) + place;
        }
        return Math.min(c, size - 1);
    }
}
