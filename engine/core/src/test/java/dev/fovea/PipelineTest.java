package dev.fovea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Producing, working and consuming overlap, in order; the first failure stops all. */
class PipelineTest {
    private static Iterator<Integer> numbers(int n) {
        return IntStream.range(0, n).iterator();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everythingComesThroughInOrder(int threads) {
        var out = new ArrayList<Integer>();
        Work.threads(threads, () -> {
            Pipeline.run(numbers(1000), i -> 2 * i, out::add);
            return out;
        });
        assertThat(out)
                .isEqualTo(IntStream.range(0, 1000).map(i -> 2 * i).boxed().toList());
    }

    @Test
    void theWorkRunsInTheCallersThreadAndNothingRunsFarAhead() {
        Thread caller = Thread.currentThread();
        var produced = new AtomicInteger();
        var consumed = new AtomicInteger();
        Iterator<Integer> source =
                IntStream.range(0, 200).peek(i -> produced.incrementAndGet()).iterator();
        Work.threads(2, () -> {
            Pipeline.run(
                    source,
                    i -> {
                        assertThat(Thread.currentThread()).isSameAs(caller);
                        // two wait on either side, one is in each hand
                        assertThat(produced.get() - consumed.get()).isLessThanOrEqualTo(9);
                        return i;
                    },
                    i -> consumed.incrementAndGet());
            return consumed;
        });
        assertThat(consumed).hasValue(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"source", "work", "sink"})
    void theFirstFailureStopsAll(String where) {
        var failure = new BadInput("a.mp4", "is broken", "mend it");
        Iterator<Integer> source = IntStream.iterate(0, i -> i + 1)
                .peek(i -> fail(where, "source", i, failure))
                .iterator();
        assertTimeout(
                Duration.ofSeconds(10),
                () -> assertThatThrownBy(() -> Pipeline.run(
                                source,
                                i -> {
                                    fail(where, "work", i, failure);
                                    return i;
                                },
                                i -> fail(where, "sink", i, failure)))
                        .isSameAs(failure));
    }

    private static void fail(String where, String here, int i, RuntimeException failure) {
        if (where.equals(here) && i == 20) {
            throw failure;
        }
    }

    @Test
    void cancellingStopsAll() {
        var seen = new AtomicInteger();
        var listener = new Work.Listener() {
            @Override
            public void step(String name, double fraction) {}

            @Override
            public boolean cancelled() {
                return seen.get() > 10;
            }
        };
        assertThatThrownBy(() -> Work.run(listener, () -> {
                    Pipeline.run(IntStream.iterate(0, i -> i + 1).iterator(), i -> seen.incrementAndGet(), i -> {});
                    return List.of();
                }))
                .isInstanceOf(Cancelled.class);
    }
}
