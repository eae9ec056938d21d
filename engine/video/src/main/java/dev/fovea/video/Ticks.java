package dev.fovea.video;

import java.time.Duration;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * The unit of a stream's timestamps.
 *
 * @param num seconds in {@code den} ticks
 * @param den at least 1
 */
record Ticks(long num, long den) {
    static final Ticks MICROSECONDS = new Ticks(1, 1_000_000);

    static Ticks of(AVRational unit) {
        return new Ticks(Math.max(1, unit.num()), Math.max(1, unit.den()));
    }

    /** So many ticks as a time, down to the nanosecond; what no clock counts becomes 0. */
    Duration time(long ticks) {
        if (Math.abs((double) ticks * num / den) > 1e9) {
            return Duration.ZERO;
        }
        long units = ticks * num;
        long seconds = Math.floorDiv(units, den);
        return Duration.ofSeconds(seconds, Math.floorMod(units, den) * 1_000_000_000L / den);
    }

    /** The nearest tick to a time. */
    long ticks(Duration time) {
        return Math.round((time.getSeconds() + time.getNano() * 1e-9) * den / num);
    }
}
