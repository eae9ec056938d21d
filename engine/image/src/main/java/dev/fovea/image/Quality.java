package dev.fovea.image;

import dev.fovea.Work;
import dev.fovea.image.kernel.Similarity;

/** How near one picture is to another of the same size and colour, for values whose peak is 1. */
public final class Quality {
    private Quality() {}

    /** The mean squared difference over all planes. */
    public static double meanSquare(Image a, Image b) {
        same(a, b);
        int n = a.width() * a.height();
        double sum = 0;
        for (int c = 0; c < a.colour().planes(); c++) {
            float[] p = a.plane(c);
            float[] q = b.plane(c);
            sum += Work.sum(n, 1 << 16, (from, to) -> Similarity.squares(p, q, from, to), Double::sum);
        }
        return sum / n / a.colour().planes();
    }

    /** Peak signal to noise in decibels over all planes: -10 log10 of the mean square; infinite if they are equal. */
    public static double psnr(Image a, Image b) {
        return -10 * Math.log10(meanSquare(a, b));
    }

    /**
     * Structural similarity, 1 if equal, the mean over all planes (Wang and others, "Image Quality Assessment", 2004): a Gaussian window of
     * 11 × 11 with sigma 1.5, K1 = 0.01, K2 = 0.03, over windows that lie within the picture.
     *
     * @throws IllegalArgumentException if a side is below 11 pixels
     */
    public static double ssim(Image a, Image b) {
        same(a, b);
        if (a.width() < Similarity.WINDOW || a.height() < Similarity.WINDOW) {
            throw new IllegalArgumentException("SSIM needs at least 11 x 11 pixels, not " + a);
        }
        double sum = 0;
        for (int c = 0; c < a.colour().planes(); c++) {
            sum += Similarity.ssim(a.plane(c), b.plane(c), a.width(), a.height());
        }
        return sum / a.colour().planes();
    }

    private static void same(Image a, Image b) {
        if (a.width() != b.width() || a.height() != b.height() || a.colour() != b.colour()) {
            throw new IllegalArgumentException("pictures that differ in kind cannot be compared: " + a + " and " + b);
        }
    }
}
