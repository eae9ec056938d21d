package dev.fovea.sample;

/** Random numbers with the same sequence on every machine: SplitMix64 (Steele, Lea and Flood 2014). */
final class Randomness {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;
    private double spare;
    private boolean hasSpare;

    Randomness(long seed) {
        state = seed;
    }

    /** An independent sequence for one part of the work, so that parts may run in any order. */
    static Randomness of(long seed, long part) {
        return new Randomness(mix(seed + GOLDEN * (2 * part + 1)));
    }

    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Uniform in 0..1, 1 excluded. */
    double uniform() {
        state += GOLDEN;
        return (mix(state) >>> 11) * 0x1p-53;
    }

    double between(double low, double high) {
        return low + (high - low) * uniform();
    }

    /** Normally distributed with mean 0 and variance 1 (Box and Muller 1958). */
    double gaussian() {
        if (hasSpare) {
            hasSpare = false;
            return spare;
        }
        double radius = Math.sqrt(-2 * Math.log(1 - uniform()));
        double angle = 2 * Math.PI * uniform();
        spare = radius * Math.sin(angle);
        hasSpare = true;
        return radius * Math.cos(angle);
    }

    /** Poisson distributed: Knuth's product below 40, rounded normal above, where the two differ by less than a photon's noise. */
    double poisson(double mean) {
        if (mean > 40) {
            return Math.max(0, Math.rint(mean + Math.sqrt(mean) * gaussian()));
        }
        double limit = Math.exp(-mean);
        int photons = 0;
        for (double product = uniform(); product > limit; product *= uniform()) {
            photons++;
        }
        return photons;
    }
}
