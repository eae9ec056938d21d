package dev.fovea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkTest {
    @ParameterizedTest
    @CsvSource({"0,1", "1,1", "1,9", "7,2", "8,2", "1000,1", "1000,33", "1000,1000", "1000,5000"})
    void everyRowIsDoneOnce(int n, int band) {
        var times = new AtomicIntegerArray(n);
        Work.rows(n, band, (from, to) -> {
            for (int y = from; y < to; y++) {
                times.incrementAndGet(y);
            }
        });
        for (int y = 0; y < n; y++) {
            assertThat(times.get(y)).isOne();
        }
    }

    @Test
    void bandsStartAtMultiplesWhateverTheThreads() {
        for (int threads : new int[] {1, 2, 8}) {
            var starts = ConcurrentHashMap.<Integer>newKeySet();
            Work.threads(threads, () -> {
                Work.rows(100, 33, (from, to) -> starts.add(from));
                return null;
            });
            assertThat(starts).containsExactlyInAnyOrder(0, 33, 66, 99);
        }
    }

    @Test
    void bandsThatReachBeyondTheLargestIntAreCutOff() {
        var ends = ConcurrentHashMap.<Integer>newKeySet();
        Work.rows(Integer.MAX_VALUE, 1 << 30, (from, to) -> ends.add(to));
        assertThat(ends).containsExactlyInAnyOrder(1 << 30, Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16})
    void sumsHaveTheSameBitsForAnyNumberOfThreads(int threads) {
        double alone = Work.threads(1, WorkTest::harmonic);
        for (int i = 0; i < 20; i++) {
            assertThat(Work.threads(threads, WorkTest::harmonic)).isEqualTo(alone);
        }
    }

    private static double harmonic() {
        return Work.sum(
                100_003,
                97,
                (from, to) -> {
                    double sum = 0;
                    for (int i = from; i < to; i++) {
                        sum += 1.0 / (i + 1);
                    }
                    return sum;
                },
                Double::sum);
    }

    @Test
    void theFirstFailureReachesTheCallerAndTheLoopStaysUsable() {
        assertThatThrownBy(() -> Work.rows(1000, 1, (from, to) -> {
                    if (from == 5) {
                        throw new BadInput("row 5", "is bad", "leave it out");
                    }
                }))
                .isInstanceOf(BadInput.class)
                .hasMessage("row 5 is bad; leave it out.");
        everyRowIsDoneOnce(1000, 7);
    }

    @Test
    void aLoopMayRunInsideALoop() {
        var sum = new AtomicInteger();
        Work.rows(40, 1, (from, to) -> Work.rows(50, 3, (a, b) -> sum.addAndGet(b - a)));
        assertThat(sum).hasValue(40 * 50);
    }

    @Test
    void loopsOfManyThreadsShareTheBudgetAndEnd() throws Exception {
        try (var pool = Executors.newFixedThreadPool(12)) {
            var sums = new ArrayList<Future<Double>>();
            for (int i = 0; i < 100; i++) {
                sums.add(pool.submit(WorkTest::harmonic));
            }
            double alone = harmonic();
            for (Future<Double> sum : sums) {
                assertThat(sum.get()).isEqualTo(alone);
            }
        }
    }

    @Test
    void oneThreadMeansTheCallersOwn() {
        Thread self = Thread.currentThread();
        Work.threads(1, () -> {
            Work.rows(100, 1, (from, to) -> assertThat(Thread.currentThread()).isSameAs(self));
            return null;
        });
    }

    @Test
    void stepsReachTheListenerOfTheirOwnScope() {
        List<String> outer = new ArrayList<>();
        List<String> inner = new ArrayList<>();
        Work.run((name, fraction) -> outer.add(name), () -> {
            Work.step("read", 0);
            Work.run((name, fraction) -> inner.add(name), () -> {
                Work.step("merge", 1);
                return null;
            });
            Work.step("write", 0);
            return null;
        });
        assertThat(outer).containsExactly("read", "write");
        assertThat(inner).containsExactly("merge");
    }

    @Test
    void helpersCarryTheListenerAlong() {
        var heard = ConcurrentHashMap.<String>newKeySet();
        Work.run((name, fraction) -> heard.add(name), () -> {
            Work.rows(64, 1, (from, to) -> Work.step("band " + from, 1));
            return null;
        });
        assertThat(heard).hasSize(64);
    }

    @Test
    void cancellingStopsALoopBetweenBands() {
        var cancel = new AtomicBoolean();
        var done = new BitSet();
        var listener = new Work.Listener() {
            @Override
            public void step(String name, double fraction) {}

            @Override
            public boolean cancelled() {
                return cancel.get();
            }
        };
        assertThatThrownBy(() -> Work.threads(
                        1,
                        () -> Work.run(listener, () -> {
                            Work.rows(100, 1, (from, to) -> {
                                done.set(from);
                                cancel.set(from >= 9);
                            });
                            return null;
                        })))
                .isInstanceOf(Cancelled.class);
        assertThat(done.cardinality()).isEqualTo(10);
    }

    @Test
    void aStepOfCancelledWorkThrows() {
        var listener = new Work.Listener() {
            @Override
            public void step(String name, double fraction) {
                throw new AssertionError("told after cancelling");
            }

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> Work.run(listener, () -> {
                    Work.step("merge", 0.5);
                    return null;
                }))
                .isInstanceOf(Cancelled.class);
    }

    @Test
    void wrongCountsAreRefusedWithTheirValue() {
        assertThatThrownBy(() -> Work.rows(1, 0, (from, to) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("band is 0");
        assertThatThrownBy(() -> Work.threads(0, () -> null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("threads is 0");
        assertThatThrownBy(() -> Work.sum(0, 1, (from, to) -> 0, Integer::sum))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("n is 0");
    }
}
