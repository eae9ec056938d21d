package dev.fovea.cli;

import dev.fovea.model.ModelStore;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Networks: which are here, and where others come from. */
@Command(
        name = "models",
        description = {
            "List, pull, check and tune the networks that Fovea can use.",
            "Bundled ones are part of Fovea. Public ones belong to others and are kept in a folder:",
            "FOVEA_MODELS, or else fovea/models below XDG_DATA_HOME or ~/.local/share.",
            "Only pull touches a network.",
            ""
        })
final class ModelsCommand {
    private ModelsCommand() {}

    /** The command with its own commands. */
    static CommandLine line(Console console, Interrupt interrupt) {
        Supplier<ModelStore> store = ModelStore::standard;
        return new CommandLine(new ModelsCommand())
                .addSubcommand(new ModelsList(console, store))
                .addSubcommand(new ModelsShow(console, store))
                .addSubcommand(new ModelsPull(console, interrupt, store))
                .addSubcommand(new ModelsImport(console, interrupt, store))
                .addSubcommand(new ModelsVerify(console, interrupt, store))
                .addSubcommand(new ModelsTune(console, interrupt, store));
    }

    /** A size as people write it. */
    static String size(long bytes) {
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%.0f KiB", Math.ceil(bytes / 1024.0))
                : String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
    }
}
