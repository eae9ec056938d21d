package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.Knob;
import dev.fovea.Knobs;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class FlagsTest {
    record Soften(
            String name,

            @Knob(normal = 2, max = 9, unit = "px", help = "How far light spreads.")
            double blurRadius,

            @Knob(normal = 3, min = 1, max = 5, help = "How often.")
            int passes) {
        Soften {
            Knobs.check(Soften.class, blurRadius, passes);
        }
    }

    private final CommandSpec command = CommandSpec.create();

    @Test
    void knobsAreFlagsWithTheirHelpAndRange() {
        Flags.add(command, Soften.class);
        assertThat(new CommandLine(command).getUsageMessage())
                .contains("--blur-radius=px", "How far light spreads. (0 to 9, normally 2)", "--passes=N");
    }

    @Test
    void whatIsGivenChangesTheRecordAndNothingElse() {
        Flags.add(command, Soften.class);
        new CommandLine(command).parseArgs("--blur-radius", "4.5");
        assertThat(Knobs.change(new Soften("soft", 2, 3), Flags.given(command, Soften.class)))
                .isEqualTo(new Soften("soft", 4.5, 3));
    }

    @Test
    void theRecordsOwnRefusalReachesTheCaller() {
        assertThatThrownBy(() -> Knobs.change(new Soften("soft", 2, 3), Map.of("passes", 6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("passes is 6");
    }
}
