package dev.fovea.sample;

/** Light that is being added up, linear sRGB. Belongs to one thread. */
final class Rgb {
    double r;
    double g;
    double b;

    Rgb set(double red, double green, double blue) {
        r = red;
        g = green;
        b = blue;
        return this;
    }

    Rgb set(Rgb o) {
        return set(o.r, o.g, o.b);
    }

    Rgb scale(double k) {
        return set(r * k, g * k, b * k);
    }

    Rgb times(Rgb o) {
        return set(r * o.r, g * o.g, b * o.b);
    }

    Rgb add(double k, Rgb o) {
        return set(r + k * o.r, g + k * o.g, b + k * o.b);
    }

    Rgb add(double k, double red, double green, double blue) {
        return set(r + k * red, g + k * green, b + k * blue);
    }

    /** Moves towards another colour by a share 0..1. */
    Rgb mix(double k, Rgb o) {
        return mix(k, o.r, o.g, o.b);
    }

    Rgb mix(double k, double red, double green, double blue) {
        return set(r + k * (red - r), g + k * (green - g), b + k * (blue - b));
    }
}
