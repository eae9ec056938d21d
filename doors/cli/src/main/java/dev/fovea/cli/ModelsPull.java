package dev.fovea.cli;

import dev.fovea.Json;
import dev.fovea.Work;
import dev.fovea.model.Gain;
import dev.fovea.model.Listing;
import dev.fovea.model.ModelStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gets public models from their owner. */
@Command(
        name = "pull",
        sortOptions = false,
        description = {
            "Get public models from their owner: the only command that touches a network.",
            "Shows each licence first. An interrupted download goes on where it stopped; what has another",
            "length or SHA-256 than the catalogue says is thrown away.",
            ""
        })
final class ModelsPull implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "NAME", description = "As models list has them.")
    private List<String> names = List.of();

    @Option(
            names = "--from",
            paramLabel = "PLACE",
            description = "Instead of the owner's: an address with the same paths below it, or a folder.")
    private @Nullable String from;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    private final Console console;
    private final Interrupt interrupt;
    private final Supplier<ModelStore> store;

    ModelsPull(Console console, Interrupt interrupt, Supplier<ModelStore> store) {
        this.console = console;
        this.interrupt = interrupt;
        this.store = store;
    }

    /** One model, for programs. */
    private record Pulled(String name, String licence, String licenceText, Gain.Outcome outcome, Path file) {}

    private record Report(List<Pulled> models) {}

    @Override
    public Integer call() {
        ModelStore models = store.get();
        List<Listing> listings =
                names.stream().map(name -> ModelsShow.listing(models, name)).toList();
        var pulled = new ArrayList<Pulled>();
        try (var progress = new Progress(console, interrupt)) {
            for (Listing listing : listings) {
                String text = models.catalogue().licence(listing);
                say(listing.name() + " belongs to " + models.catalogue().owner() + "; its licence is "
                        + listing.licence() + ", " + text);
                Gain gain = Work.run(progress, () -> pull(models, listing));
                progress.end();
                say(gain.file() + (gain.outcome() == Gain.Outcome.PRESENT ? " is here already" : " is new"));
                pulled.add(new Pulled(listing.name(), listing.licence(), text, gain.outcome(), gain.file()));
            }
        }
        if (json) {
            console.out().println(Json.of(new Report(pulled)));
        }
        return Main.DONE;
    }

    private Gain pull(ModelStore models, Listing listing) {
        return from == null ? models.pull(listing) : models.pull(listing, from);
    }

    private void say(String line) {
        if (!json) {
            console.out().println(line);
        }
    }
}
