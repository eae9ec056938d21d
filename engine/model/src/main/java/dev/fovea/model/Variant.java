package dev.fovea.model;

/**
 * A way to run a network.
 *
 * @param precision in which numbers it computes
 * @param threads how many threads one call uses, its caller's included; at least 1
 * @param provider on what it computes, one of {@link NetRuntime#providers}
 */
public record Variant(Precision precision, int threads, String provider) {
    /** As the network is, on the processor. */
    static Variant plain(int threads) {
        return new Variant(Precision.FLOAT, threads, NetRuntime.PROCESSOR);
    }

    /** Whether a call runs in its caller's thread alone, so that the thread's processor time tells what it took. */
    boolean alone() {
        return threads == 1 && provider.equals(NetRuntime.PROCESSOR);
    }

    /** As in {@code int8-inner, 1 thread} or {@code float, 2 threads, cuda}. */
    @Override
    public String toString() {
        return precision + ", " + threads + (threads == 1 ? " thread" : " threads")
                + (provider.equals(NetRuntime.PROCESSOR) ? "" : ", " + provider);
    }
}
