package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Burst;
import dev.fovea.image.Colour;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a camera turned light into codes: for each channel the light that gives each of 256 codes, rising. Pictures tell the curves only
 * up to one factor a channel; it is chosen so that the middle codes mean what they mean in sRGB, which keeps greys grey and the
 * picture's brightness.
 *
 * @param inverse one row a channel (1 or 3) of 256 values above 0: the light, in units of an sRGB picture's white
 */
public record ResponseCurve(float[][] inverse) {
    /** A camera that writes sRGB (IEC 61966-2-1) in three channels, without any look of its own. */
    public static final ResponseCurve SRGB = srgb(3);

    private static final int CODES = ResponseFit.CODES;
    private static final int BAND = 1 << 14;

    /** Copies the rows and checks that they rise. */
    public ResponseCurve {
        if (inverse.length != 1 && inverse.length != 3) {
            throw new IllegalArgumentException("a response of " + inverse.length + " channels, but 1 or 3 are needed");
        }
        inverse = Arrays.stream(inverse).map(float[]::clone).toArray(float[][]::new);
        for (float[] row : inverse) {
            checkRises(row);
        }
    }

    private static void checkRises(float[] row) {
        if (row.length != CODES || !(row[0] >= 0)) {
            throw new IllegalArgumentException("a response needs " + CODES + " values of at least 0 in each channel");
        }
        for (int i = 1; i < CODES; i++) {
            if (!(row[i] > row[i - 1]) || row[i] == Float.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("a response must rise from code to code, but not at code " + i);
            }
        }
    }

    /** The sRGB curve in so many channels, 1 or 3. */
    public static ResponseCurve srgb(int channels) {
        var rows = new float[channels][ResponseFit.CODES];
        for (float[] row : rows) {
            for (int z = 0; z < row.length; z++) {
                row[z] = (float) Math.exp(ResponseFit.srgb(z));
            }
        }
        return new ResponseCurve(rows);
    }

    /**
     * Recovers the curves from frames of different exposure, which need not be aligned: the method of Debevec and Malik (1997), on codes
     * matched by the histograms' quantiles (Grossberg and Nayar 2003). Where the frames tell nothing, the curves follow sRGB.
     *
     * @param exposures of the burst's frames
     * @return sRGB if the frames are exposed alike
     * @throws IllegalArgumentException if the burst is RAW (its values are proportional to light already) or counts differ
     */
    public static ResponseCurve recover(Burst burst, Exposures exposures) {
        exposures.check(burst);
        if (burst.raw()) {
            throw new IllegalArgumentException("a RAW burst has no response to recover");
        }
        return recover(histograms(burst), exposures);
    }

    static ResponseCurve recover(List<Histogram[]> histograms, Exposures exposures) {
        int channels = histograms.getFirst().length;
        if (exposures.alike()) {
            return srgb(channels);
        }
        double[] logs = exposures.relative().stream().mapToDouble(Math::log).toArray();
        return of(new ResponseFit(histograms).curves(logs).curves());
    }

    static List<Histogram[]> histograms(Burst burst) {
        var all = new ArrayList<Histogram[]>();
        burst.shots().forEach(s -> all.add(Histogram.of((Frame) s)));
        return all;
    }

    private static ResponseCurve of(double[][] logs) {
        var rows = new float[logs.length][CODES];
        for (int c = 0; c < rows.length; c++) {
            double level = 0;
            for (int z = 64; z < 192; z++) {
                level += (ResponseFit.srgb(z) - logs[c][z]) / 128;
            }
            for (int z = 0; z < CODES; z++) {
                float v = (float) Math.exp(logs[c][z] + level);
                rows[c][z] = z == 0 ? v : Math.max(v, Math.nextUp(rows[c][z - 1]));
            }
        }
        return new ResponseCurve(rows);
    }

    /** How many channels there are: 1 or 3. */
    public int channels() {
        return inverse.length;
    }

    /** The light that gave a code, which may lie between two whole ones. */
    public float light(int channel, float code) {
        return light(inverse[channel], code);
    }

    static float light(float[] row, float code) {
        int z = Math.clamp((int) code, 0, row.length - 2);
        float t = code - z;
        return row[z] + t * (row[z + 1] - row[z]);
    }

    /**
     * The light that a display picture shows.
     *
     * @param picture as many planes as there are channels, 0..1
     * @return linear, of the same primaries
     */
    public Image apply(Image picture) {
        if (picture.colour().linear() || picture.colour().planes() != channels()) {
            throw new IllegalArgumentException("a response of " + channels() + " channels for a picture of "
                    + picture.colour().planes() + " planes, " + picture.colour());
        }
        int n = picture.width() * picture.height();
        var planes = new float[channels()][n];
        Work.rows(n, BAND, (from, to) -> {
            for (int c = 0; c < planes.length; c++) {
                toLight(inverse[c], picture.plane(c), planes[c], from, to);
            }
        });
        return Image.of(picture.width(), picture.height(), linear(picture.colour()), planes);
    }

    private static void toLight(float[] row, float[] in, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = light(row, in[i] * (CODES - 1));
        }
    }

    private static Colour linear(Colour display) {
        return switch (display) {
            case GREY -> Colour.LINEAR_GREY;
            case DISPLAY_P3 -> Colour.LINEAR_P3;
            default -> Colour.LINEAR;
        };
    }
}
