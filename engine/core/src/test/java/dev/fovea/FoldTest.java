package dev.fovea;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldTest {
    /** The mean of all elements so far. */
    record Mean() implements Fold<Mean.Memory, Double, Double> {
        record Memory(long count, double sum) implements java.io.Serializable {}

        @Override
        public Memory start() {
            return new Memory(0, 0);
        }

        @Override
        public Step<Memory, Double> step(Memory memory, Double in) {
            var next = new Memory(memory.count + 1, memory.sum + in);
            return new Step<>(next, next.sum / next.count);
        }
    }

    @Test
    void aTrackerHoldsTheMemoryOfOneStream() {
        Tracker<Double, Double> one = new Mean().tracker();
        Tracker<Double, Double> other = new Mean().tracker();
        assertThat(List.of(one.next(2.0), one.next(4.0), other.next(8.0), one.next(6.0)))
                .containsExactly(2.0, 3.0, 8.0, 4.0);
    }

    @Test
    void aMemoryCanBeStoredAndWorkGoesOnFromIt() throws Exception {
        var fold = new Mean();
        Mean.Memory halfway = fold.step(fold.start(), 2.0).memory();
        var stored = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(stored)) {
            out.writeObject(fold);
            out.writeObject(halfway);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(stored.toByteArray()))) {
            var later = (Mean) in.readObject();
            var memory = (Mean.Memory) in.readObject();
            assertThat(later.step(memory, 4.0).out()).isEqualTo(3.0);
        }
    }

    @Test
    void stagesFollowOneAnother() {
        Stage<String, Integer> length = String::length;
        assertThat(length.then(n -> n * n).apply("four")).isEqualTo(16);
    }
}
