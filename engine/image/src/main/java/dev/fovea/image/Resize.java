package dev.fovea.image;

import dev.fovea.Stage;
import dev.fovea.image.kernel.Resample;

/**
 * Another size of the same picture; antialiased when shrinking. Works on the values as they stand: light adds up right only in a linear
 * {@link Colour}, which is the caller's choice.
 *
 * @param width pixels per row of the result
 * @param height rows of the result
 * @param filter how values between pixels are found
 */
public record Resize(int width, int height, Filter filter) implements Stage<Image, Image> {
    /** How values between pixels are found, from soft to sharp. */
    public enum Filter {
        /** The exact average of the area that a result's pixel covers; the nearest pixel (or a mix of two) when enlarging. */
        BOX,
        /** Linear interpolation. */
        TRIANGLE,
        /** Cubic with B = C = 1/3 (Mitchell and Netravali 1988): smooth, little overshoot. */
        MITCHELL,
        /** Cubic with B = 0, C = 1/2 (Keys 1981): sharp, keeps the pixels' values. */
        CATMULL_ROM,
        /** A sinc under a sinc window of three lobes: sharpest, overshoots at edges. */
        LANCZOS3;

        Resample line(int from, int to) {
            return switch (this) {
                case BOX -> Resample.area(from, to);
                case TRIANGLE -> Resample.of(from, to, x -> 1 - x, 1, true);
                case MITCHELL -> Resample.of(from, to, x -> cubic(x, 1 / 3.0, 1 / 3.0), 2, true);
                case CATMULL_ROM -> Resample.of(from, to, x -> cubic(x, 0, 0.5), 2, true);
                case LANCZOS3 -> Resample.of(from, to, x -> sinc(x) * sinc(x / 3), 3, true);
            };
        }

        private static double cubic(double x, double b, double c) {
            return x < 1
                    ? (((12 - 9 * b - 6 * c) * x + (-18 + 12 * b + 6 * c)) * x * x + 6 - 2 * b) / 6
                    : (((-b - 6 * c) * x + (6 * b + 30 * c)) * x * x + (-12 * b - 48 * c) * x + 8 * b + 24 * c) / 6;
        }

        private static double sinc(double x) {
            return x < 1e-9 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
        }
    }

    /** Checks the size. */
    public Resize {
        if (width < 1 || height < 1 || (long) width * height > Image.MAX_PIXELS) {
            throw new IllegalArgumentException("a result of " + width + " x " + height + " pixels");
        }
    }

    /** Catmull-Rom: right for most pictures. */
    public Resize(int width, int height) {
        this(width, height, Filter.CATMULL_ROM);
    }

    @Override
    public Image apply(Image image) {
        if (image.width() == width && image.height() == height) {
            return image;
        }
        Resample across = filter.line(image.width(), width);
        Resample down = filter.line(image.height(), height);
        return Planes.weighted(
                image,
                planes -> {
                    var out = new float[planes.length][width * height];
                    for (int c = 0; c < out.length; c++) {
                        Resample.plane(planes[c], image.width(), image.height(), across, down, out[c]);
                    }
                    return out;
                },
                width,
                height);
    }
}
