package dev.fovea.cli;

import dev.fovea.Json;
import dev.fovea.model.Listing;
import dev.fovea.model.Model;
import dev.fovea.model.ModelCard;
import dev.fovea.model.ModelStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Every model, and whether it is here. */
@Command(
        name = "list",
        description = {"List every model, and whether it is here.", ""})
final class ModelsList implements Callable<Integer> {
    @Option(names = "--json", description = "Print the list as one JSON object.")
    private boolean json;

    private final Console console;
    private final Supplier<ModelStore> store;

    ModelsList(Console console, Supplier<ModelStore> store) {
        this.console = console;
        this.store = store;
    }

    /**
     * One model, for programs.
     *
     * @param here where its weights are, if they are here
     */
    private record Row(String name, String task, Model.Tier tier, String licence, long bytes, Optional<String> here) {}

    private record Report(Path folder, List<Row> models) {}

    @Override
    public Integer call() {
        ModelStore models = store.get();
        var report = new Report(models.folder(), rows(models));
        if (json) {
            console.out().println(Json.of(report));
        } else {
            print(report);
        }
        return Main.DONE;
    }

    private static List<Row> rows(ModelStore store) {
        List<Model> present = store.models();
        var rows = new ArrayList<Row>();
        for (Model model : present) {
            model.card().ifPresent(card -> rows.add(row(model, card)));
        }
        for (Listing listing : store.catalogue().listings()) {
            Optional<String> here = present.stream()
                    .filter(m -> m.name().equals(listing.name()))
                    .map(Model::source)
                    .findFirst();
            rows.add(new Row(
                    listing.name(), listing.task(), Model.Tier.PUBLIC, listing.licence(), listing.bytes(), here));
        }
        return rows;
    }

    private static Row row(Model model, ModelCard card) {
        return new Row(
                model.name(), model.task(), model.tier(), model.licence(), card.bytes(), Optional.of(model.source()));
    }

    private void print(Report report) {
        line("name", "task", "tier", "licence", "size", "here");
        for (Row row : report.models) {
            line(
                    row.name,
                    row.task,
                    row.tier.toString(),
                    row.licence,
                    ModelsCommand.size(row.bytes),
                    row.here.isPresent() ? "yes" : "no");
        }
        console.out().println();
        console.out().println("Public models are kept in " + report.folder + "; ./fovea models pull NAME gets one.");
    }

    private void line(String name, String task, String tier, String licence, String size, String here) {
        console.out()
                .println(String.format(
                        Locale.ROOT, "%-18s %-18s %-8s %-11s %9s  %s", name, task, tier, licence, size, here));
    }
}
