package dev.fovea.photo;

/**
 * A curve that leaves what is darker than its knee alone and bends the rest so that the white point becomes 1.
 *
 * <p>Beyond the knee it is t (1 + t / T²) / (1 + t), Reinhard's curve with a white point T (Reinhard et al., Photographic tone reproduction
 * for digital images, 2002, equation 4), scaled to leave the knee with slope 1.
 *
 * @param knee where bending starts, 0..1; 1 does not bend
 * @param white what becomes 1
 */
record Shoulder(double knee, double white) {
    /** The curve at a linear value; beyond the white point it stays at 1, and a knee of 1 leaves everything as it is. */
    double at(double x) {
        if (x <= knee || knee >= 1) {
            return x;
        }
        if (white <= 1) {
            return Math.min(x, 1);
        }
        double t = (x - knee) / (1 - knee);
        double end = (white - knee) / (1 - knee);
        return x >= white ? 1 : knee + (1 - knee) * t * (1 + t / (end * end)) / (1 + t);
    }
}
