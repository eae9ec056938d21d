package dev.fovea.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Rendered things to try Fovea on. */
@Command(name = "sample", description = "Render something to try Fovea on; its truth is known exactly.")
final class SampleCommand {
    private SampleCommand() {}

    /** The command with its own commands. */
    static CommandLine line(Console console, Interrupt interrupt) {
        return new CommandLine(new SampleCommand())
                .addSubcommand(new BurstCommand(console, interrupt))
                .addSubcommand(new StereoCommand(console, interrupt));
    }
}
