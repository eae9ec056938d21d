package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void withoutATerminalEachStepIsALineAndNoMoreThanOneASecond() {
        try (var progress = new Progress(console(false), new Interrupt())) {
            for (String step : new String[] {"reading", "merging"}) {
                for (int i = 0; i <= 1000; i++) {
                    progress.step(step, i / 1000.0);
                }
            }
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("reading 0 %\nmerging 0 %\n");
    }

    @Test
    void onATerminalOneLineIsRedrawnAndTakenAway() {
        try (var progress = new Progress(console(true), new Interrupt())) {
            progress.step("reading", 0);
            progress.step("merging", 0.5);
        }
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("merging", "█".repeat(15) + "░".repeat(15), " 50 %")
                .endsWith("\r\033[K")
                .doesNotContain("\n");
    }

    @Test
    void theTimeOfAStepIsAddedUp() throws InterruptedException {
        var progress = new Progress(console(false), new Interrupt());
        progress.step("reading", 0);
        progress.step("merging", 0);
        Thread.sleep(20);
        progress.step("reading", 0.5);
        progress.close();
        assertThat(progress.seconds()).containsOnlyKeys("reading", "merging");
        assertThat(progress.seconds().get("merging")).isBetween(0.02, 5.0);
    }

    @Test
    void anInterruptCancels() {
        var interrupt = new Interrupt();
        var progress = new Progress(console(false), interrupt);
        assertThat(progress.cancelled()).isFalse();
        interrupt.ask();
        assertThat(progress.cancelled()).isTrue();
    }

    private Console console(boolean terminal) {
        return new Console(System.out, new PrintStream(err, true, StandardCharsets.UTF_8), terminal);
    }
}
