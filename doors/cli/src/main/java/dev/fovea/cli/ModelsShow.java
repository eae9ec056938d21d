package dev.fovea.cli;

import dev.fovea.BadInput;
import dev.fovea.Json;
import dev.fovea.model.Listing;
import dev.fovea.model.Model;
import dev.fovea.model.ModelCard;
import dev.fovea.model.ModelStore;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is known of a model. */
@Command(
        name = "show",
        description = {"Show a model's card: what it is for, how good it is, and whom it may harm.", ""})
final class ModelsShow implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "As models list has it.")
    private String name = "";

    @Option(names = "--json", description = "Print it as one JSON object.")
    private boolean json;

    private final Console console;
    private final Supplier<ModelStore> store;

    ModelsShow(Console console, Supplier<ModelStore> store) {
        this.console = console;
        this.store = store;
    }

    @Override
    public Integer call() {
        ModelStore models = store.get();
        Optional<ModelCard> card = models.models().stream()
                .filter(m -> m.name().equals(name))
                .flatMap(m -> m.card().stream())
                .findFirst();
        if (card.isPresent()) {
            show(card.get());
        } else {
            show(models, listing(models, name));
        }
        return Main.DONE;
    }

    /** @throws BadInput if the catalogue has no such name */
    static Listing listing(ModelStore store, String name) {
        return store.catalogue()
                .named(name)
                .orElseThrow(() ->
                        new BadInput("The model " + name, "is not known", "./fovea models list names those that are"));
    }

    private void show(ModelCard card) {
        if (json) {
            console.out().println(Json.of(card));
            return;
        }
        head(card.name(), card.task(), card.summary());
        line("licence", card.licence());
        line("size", ModelsCommand.size(card.bytes()) + ", SHA-256 " + card.sha256());
        card.inputs().forEach(p -> line("takes", port(p)));
        card.outputs().forEach(p -> line("gives", port(p)));
        card.trainedOn().forEach(d -> line("trained on", d.name() + " (" + d.licence() + "): " + d.use()));
        line("teacher", card.teacher());
        line("recipe", card.recipe() + " at " + card.commit());
        card.figures().forEach(f -> line("measured", figure(f)));
        card.speed().forEach(s -> line("speed", speed(s)));
        lines("works for", card.worksFor());
        lines("fails for", card.failsFor());
        lines("people at risk", card.peopleAtRisk());
    }

    /** A public model, for programs. */
    private record Public(
            String name,
            String task,
            String summary,
            String owner,
            String licence,
            String licenceText,
            String address,
            long bytes,
            String sha256,
            Optional<String> here) {}

    private void show(ModelStore store, Listing listing) {
        Optional<String> here = store.models().stream()
                .filter(m -> m.name().equals(listing.name()))
                .map(Model::source)
                .findFirst();
        var shown = new Public(
                listing.name(),
                listing.task(),
                listing.summary(),
                store.catalogue().owner(),
                listing.licence(),
                store.catalogue().licence(listing),
                store.catalogue().address() + listing.path(),
                listing.bytes(),
                listing.sha256(),
                here);
        if (json) {
            console.out().println(Json.of(shown));
            return;
        }
        head(shown.name, shown.task, shown.summary);
        line("owner", shown.owner);
        line("licence", shown.licence + ", " + shown.licenceText);
        line("address", shown.address);
        line("size", ModelsCommand.size(shown.bytes) + ", SHA-256 " + shown.sha256);
        line("here", here.orElse("no; ./fovea models pull " + shown.name + " gets it"));
    }

    private static String port(ModelCard.Port port) {
        String shape = port.shape().toString().replace("-1", "?");
        String range = port.range().isEmpty()
                ? ""
                : ", " + Json.of(port.range().get(0)) + " to "
                        + Json.of(port.range().get(1));
        return port.name() + " " + shape + range + ": " + port.meaning();
    }

    private static String figure(ModelCard.Figure f) {
        String unit = f.unit().isEmpty() ? "" : " " + f.unit();
        return f.name() + " " + Json.of(f.value()) + unit + " on " + f.data() + "; " + f.better() + " is better ("
                + f.command() + ")";
    }

    private static String speed(ModelCard.Speed s) {
        return String.format(
                Locale.ROOT,
                "%.2f ms for %s on one core of %s (%s)",
                s.milliseconds(),
                s.size(),
                s.machine(),
                s.command());
    }

    private void head(String title, String task, String summary) {
        console.out().println(title + ", for " + task + ". " + summary);
    }

    private void lines(String what, List<String> values) {
        values.forEach(value -> line(what, value));
    }

    private void line(String what, String value) {
        console.out().println(String.format(Locale.ROOT, "  %-15s %s", what, value));
    }
}
