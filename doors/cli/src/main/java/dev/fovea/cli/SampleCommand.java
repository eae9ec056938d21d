package dev.fovea.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Rendered things to try Fovea on. */
@Command(name = "sample", description = "Render something to try Fovea on; its truth is known exactly.")
final class SampleCommand {
    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    private SampleCommand() {}

    /** The command with its own commands. */
    static CommandLine line(Console console, Interrupt interrupt) {
        Callable<Integer> burst = new SampleBurst(console, interrupt);
        return new CommandLine(new SampleCommand()).addSubcommand("burst", burst);
    }
}
