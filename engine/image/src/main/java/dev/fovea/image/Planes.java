package dev.fovea.image;

import dev.fovea.image.kernel.Coverage;
import java.util.function.UnaryOperator;

/** What filters and warps do to the planes of a picture. */
final class Planes {
    /** Makes one plane from another of the same size. */
    @FunctionalInterface
    interface Filter {
        void apply(float[] from, float[] to);
    }

    private Planes() {}

    /** Every plane filtered by itself; the colour of a transparent picture counts by its coverage. */
    static Image filtered(Image image, Filter filter) {
        return weighted(
                image,
                planes -> {
                    var out = new float[planes.length][planes[0].length];
                    for (int c = 0; c < out.length; c++) {
                        filter.apply(planes[c], out[c]);
                    }
                    return out;
                },
                image.width(),
                image.height());
    }

    /** Planes changed together; with coverage, colours are premultiplied before and divided after, or hidden colours would bleed. */
    static Image weighted(Image image, UnaryOperator<float[][]> change, int width, int height) {
        if (image.colour() != Colour.SRGBA) {
            return Image.of(width, height, image.colour(), change.apply(image.planes()));
        }
        float[] coverage = image.plane(3);
        var in = new float[4][];
        for (int c = 0; c < 3; c++) {
            in[c] = new float[coverage.length];
            Coverage.multiply(image.plane(c), coverage, in[c]);
        }
        in[3] = coverage;
        float[][] out = change.apply(in);
        for (int c = 0; c < 3; c++) {
            Coverage.divide(out[c], out[3]);
        }
        return Image.of(width, height, image.colour(), out);
    }
}
