package dev.fovea.cli;

import dev.fovea.Json;
import dev.fovea.Work;
import dev.fovea.model.Gain;
import dev.fovea.model.ModelStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes over public models from a folder. */
@Command(
        name = "import",
        description = {
            "Take over public models from a folder that was copied from another machine.",
            "Files are recognised by their content; their names and places do not matter.",
            ""
        })
final class ModelsImport implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The folder.")
    private Path folder = Path.of("");

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    private final Console console;
    private final Interrupt interrupt;
    private final Supplier<ModelStore> store;

    ModelsImport(Console console, Interrupt interrupt, Supplier<ModelStore> store) {
        this.console = console;
        this.interrupt = interrupt;
        this.store = store;
    }

    /** One model, for programs. */
    private record Taken(String name, Gain.Outcome outcome, Path file) {}

    private record Report(List<Taken> models) {}

    @Override
    public Integer call() {
        try (var progress = new Progress(console, interrupt)) {
            List<Taken> taken = Work.run(progress, () -> store.get().takeOver(folder)).stream()
                    .map(gain -> new Taken(gain.listing().name(), gain.outcome(), gain.file()))
                    .toList();
            progress.end();
            if (json) {
                console.out().println(Json.of(new Report(taken)));
            } else {
                taken.forEach(each -> console.out().println(sentence(each)));
            }
        }
        return Main.DONE;
    }

    private static String sentence(Taken taken) {
        return switch (taken.outcome) {
            case ADDED -> taken.name + ": " + taken.file + " is new";
            case PRESENT -> taken.name + ": " + taken.file + " is here already";
            case ALTERED -> taken.name + ": " + taken.file + " is altered or cut off and was left there";
        };
    }
}
