package dev.fovea.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.Cancelled;
import dev.fovea.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tuner chooses, with a runtime whose times and errors are known. The card allows an error of 0.1. */
class TunerTest {
    private static final Variant ONE = Variant.plain(1);

    @TempDir
    Path folder;

    private final FakeRuntime runtime = new FakeRuntime();

    @BeforeEach
    void bundle() throws IOException {
        Cards.card("guessing", "oracle", FakeRuntime.FLOATS).write(folder.resolve("card.json"));
        Files.write(folder.resolve("model.onnx"), FakeRuntime.FLOATS);
        runtime.milliseconds.put(Variant.plain(2), 8.0);
    }

    @Test
    void theFastestThatIsNearEnoughIsChosen() {
        runtime.offer(Precision.INT8, 3, 2, 0.2)
                .offer(Precision.INT8_INNER, 5, 4, 0.05)
                .offer(Precision.INT8_HEAVY, 6, 3, 0.01);
        Tuner.Report report = tuned();
        assertThat(report.chosen())
                .extracting(Plan.Entry::precision)
                .containsExactly(Precision.INT8_INNER, Precision.INT8_HEAVY);
        assertThat(report.chosen()).extracting(Plan.Entry::threads).containsExactly(1, 2);
        assertThat(report.chosen().getFirst().ratio()).isEqualTo(0.5);
        assertThat(report.measured()).hasSize(7); // what loses too much is not tried with two threads
        assertThat(report.measured().getFirst().variant()).isEqualTo(ONE);
        assertThat(report.measured().getFirst().p50()).isEqualTo(10);
    }

    @Test
    void whatIsNotSurelyFasterIsNotChosen() {
        runtime.noise = 0.5;
        runtime.offer(Precision.INT8, 9.9, 7.9, 0);
        assertThat(tuned().chosen()).extracting(Plan.Entry::precision).containsOnly(Precision.FLOAT);
    }

    @Test
    void noiseDoesNotHideWhatIsMuchFaster() {
        runtime.noise = 2;
        runtime.offer(Precision.INT8, 4, 8, 0);
        assertThat(tuned().chosen()).extracting(Plan.Entry::precision).containsExactly(Precision.INT8, Precision.FLOAT);
    }

    @Test
    void withOneThreadNothingIsTriedWithTwo() {
        runtime.offer(Precision.INT8, 4, 2, 0);
        Tuner.Report report = Work.threads(1, this::tuned);
        assertThat(report.measured()).allMatch(m -> m.variant().threads() == 1);
        assertThat(report.chosen()).hasSize(1);
    }

    @Test
    void anotherProviderIsChosenIfItIsFaster() {
        runtime.providers.add("gpu");
        runtime.milliseconds.put(new Variant(Precision.FLOAT, 1, "gpu"), 2.0);
        assertThat(tuned().chosen().getFirst().provider()).isEqualTo("gpu");
    }

    @Test
    void whatCannotBeMadeOfIntegersSaysWhyAndStaysAsItIs() {
        runtime.unquantisable = "has no convolution";
        Tuner.Report report = tuned();
        assertThat(report.notes()).singleElement().asString().contains("has no convolution");
        assertThat(report.chosen()).extracting(Plan.Entry::precision).containsOnly(Precision.FLOAT);
        assertThat(report.chosen()).extracting(Plan.Entry::weights).containsOnly("");
    }

    @Test
    void answersThatAreNoNumbersLoseTooMuch() {
        runtime.offer(Precision.INT8, 1, 1, Double.NaN);
        assertThat(tuned().chosen()).extracting(Plan.Entry::precision).containsOnly(Precision.FLOAT);
    }

    @Test
    void everythingIsClosedAgain() {
        runtime.offer(Precision.INT8, 4, 2, 0);
        tuned();
        assertThat(runtime.open).isZero();
    }

    @Test
    void itStopsWhenAsked() {
        runtime.offer(Precision.INT8, 4, 2, 0);
        var asked = new Work.Listener() {
            @Override
            public void step(String name, double fraction) {}

            @Override
            public boolean cancelled() {
                return runtime.wall() > 500_000_000;
            }
        };
        assertThatThrownBy(() -> Work.run(asked, this::tuned)).isInstanceOf(Cancelled.class);
        assertThat(runtime.open).isZero();
    }

    @Test
    void oneInputIsTooFew() {
        assertThatIllegalArgumentException().isThrownBy(() -> tuner().tune(model(), inputs(1)));
    }

    @Test
    void aPlanIsVerifiedAgainstTheNetworkAsItIs() {
        runtime.offer(Precision.INT8, 5, 4, 0);
        Tuner tuner = tuner();
        var plan = new Plan(folder.resolve("tuned"));
        plan.put(tuner.tune(model(), inputs(20)).chosen(), tuner.files());
        List<Tuner.Verified> good = tuner.verify(plan, model(), inputs(20));
        assertThat(good).extracting(Tuner.Verified::ratio).containsExactly(0.5, 0.5);
        assertThat(good).noneMatch(Tuner.Verified::slower);
        runtime.milliseconds.put(new Variant(Precision.INT8, 1, NetRuntime.PROCESSOR), 20.0);
        assertThat(tuner.verify(plan, model(), inputs(20)).getFirst().slower()).isTrue();
    }

    private Tuner.Report tuned() {
        return tuner().tune(model(), inputs(20));
    }

    private Tuner tuner() {
        return new Tuner(runtime, 1, (weights, variant, inputs) -> OptionalLong.empty(), runtime);
    }

    private Model model() {
        return Model.of(folder);
    }

    private static List<List<Tensor>> inputs(int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> List.<Tensor>of(new Tensor.Floats(new float[] {i, -i, 0.5f}, 1, 3)))
                .toList();
    }
}
