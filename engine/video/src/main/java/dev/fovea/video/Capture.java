package dev.fovea.video;

import dev.fovea.image.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * What several cameras saw at one instant.
 *
 * @param at when: the latest of the views' times
 * @param views a frame of each camera, in the cameras' order; at least one
 */
public record Capture(Duration at, List<Frame> views) {
    /** Copies the list. */
    public Capture {
        views = List.copyOf(views);
        if (views.isEmpty()) {
            throw new IllegalArgumentException("a capture needs at least one view");
        }
    }

    /**
     * Captures of streams that run side by side, matched by their frames' times: a frame that has no partner in every other stream within
     * the tolerance is passed over. Ends with the first stream that ends.
     *
     * @param tolerance how far apart the times of one capture may lie; half a frame's duration is usual
     * @param streams videos or cameras, whose clocks agree
     */
    public static Iterable<Capture> of(Duration tolerance, List<? extends Iterable<Frame>> streams) {
        if (streams.isEmpty() || tolerance.isNegative()) {
            throw new IllegalArgumentException(streams.size() + " streams with a tolerance of " + tolerance);
        }
        return () -> new Matching(tolerance, streams);
    }

    private static final class Matching implements Iterator<Capture> {
        private final Duration tolerance;
        private final List<Iterator<Frame>> streams;
        private @Nullable Capture next;
        private boolean ended;

        Matching(Duration tolerance, List<? extends Iterable<Frame>> streams) {
            this.tolerance = tolerance;
            this.streams = streams.stream().map(Iterable::iterator).toList();
        }

        @Override
        public boolean hasNext() {
            if (next == null && !ended) {
                next = match();
                ended = next == null;
            }
            return next != null;
        }

        @Override
        public Capture next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException("a stream has ended");
            }
            Capture given = next;
            next = null;
            return given;
        }

        /** One frame of each; then whoever is too early goes on until all are close. */
        private @Nullable Capture match() {
            var views = new ArrayList<Frame>();
            Duration latest = Duration.ofSeconds(Long.MIN_VALUE);
            for (Iterator<Frame> stream : streams) {
                if (!stream.hasNext()) {
                    return null;
                }
                Frame frame = stream.next();
                views.add(frame);
                latest = later(latest, frame.at());
            }
            for (int i = 0; i < views.size(); i++) {
                if (views.get(i).at().plus(tolerance).compareTo(latest) < 0) {
                    if (!streams.get(i).hasNext()) {
                        return null;
                    }
                    views.set(i, streams.get(i).next());
                    latest = later(latest, views.get(i).at());
                    i = -1; // all must be close to the one that is now the latest
                }
            }
            return new Capture(latest, views);
        }

        private static Duration later(Duration a, Duration b) {
            return a.compareTo(b) > 0 ? a : b;
        }
    }
}
