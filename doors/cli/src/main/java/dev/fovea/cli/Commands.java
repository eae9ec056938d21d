package dev.fovea.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/** The commands, by their names. */
@Command(
        name = "fovea",
        synopsisSubcommandLabel = "COMMAND",
        description = {"Pictures that one lens cannot take.", ""},
        commandListHeading = "%nCommands:%n",
        footer = {
            "  bench    Measure quality and speed beside peers: photo, portrait, eyes, flow, models, kernels, video, fuzz.",
            "  test     Check everything that must hold.",
            "",
            "Each command explains itself: ./fovea night --help"
        })
final class Commands {
    private static final Map<String, BiFunction<Console, Interrupt, Object>> ALL = all();

    private static Map<String, BiFunction<Console, Interrupt, Object>> all() {
        var all = new LinkedHashMap<String, BiFunction<Console, Interrupt, Object>>();
        all.put("night", NightCommand::line);
        all.put("superres", SuperResCommand::line);
        all.put("focus", FocusCommand::line);
        all.put("relight", RelightCommand::line);
        all.put("colorpop", ColorPopCommand::new);
        all.put("see", SeeCommand::new);
        all.put("depth", DepthCommand::new);
        all.put("sample", (console, interrupt) -> SampleCommand.line(console, interrupt));
        all.put("models", ModelsCommand::line);
        all.put("version", (console, interrupt) -> new VersionCommand(console));
        all.put("help-pages", (console, interrupt) -> new HelpPages());
        return all;
    }

    /** The command line with one command: reading the annotations of all would slow the start down. */
    static CommandLine only(String name, Console console, Interrupt interrupt) {
        var fovea = new CommandLine(new Commands());
        var command = ALL.get(name);
        if (command != null) {
            fovea.addSubcommand(name, command.apply(console, interrupt));
        } else if (!name.isEmpty() && !name.startsWith("-")) {
            throw new CommandLine.ParameterException(fovea, "There is no command " + name);
        }
        return dressed(fovea);
    }

    /** The command line with every command. */
    static CommandLine every(Console console) {
        var fovea = new CommandLine(new Commands());
        var nobody = new Interrupt();
        ALL.forEach((name, command) -> fovea.addSubcommand(name, command.apply(console, nobody)));
        return dressed(fovea);
    }

    private static CommandLine dressed(CommandLine fovea) {
        helpful(fovea);
        return fovea.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .setUsageHelpLongOptionsMaxWidth(30)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    }

    /** Gives a command and all below it their --help. */
    private static void helpful(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
        command.getSubcommands().values().forEach(Commands::helpful);
    }
}
