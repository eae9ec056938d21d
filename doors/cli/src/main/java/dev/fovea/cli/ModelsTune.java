package dev.fovea.cli;

import dev.fovea.BadInput;
import dev.fovea.Json;
import dev.fovea.Work;
import dev.fovea.model.Chip;
import dev.fovea.model.Model;
import dev.fovea.model.ModelStore;
import dev.fovea.model.Tensor;
import dev.fovea.model.Tuner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fits every network that is here to this chip. */
@Command(
        name = "tune",
        sortOptions = false,
        description = {
            "Fit every network that is here to this chip: time it in floating point and in 8-bit integers made here,",
            "with one thread and with two, and write a plan that all of Fovea obeys from then on.",
            "Nothing is chosen that is slower, or that deviates more than the network's card allows.",
            ""
        })
final class ModelsTune implements Callable<Integer> {
    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Only these, as models list has them, with commas.")
    private List<String> only = List.of();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Calibrate with the pictures of this folder instead of drawn ones.")
    private @Nullable Path data;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "How long to time each network (normally ${DEFAULT-VALUE}); longer is surer.")
    private double seconds = 4;

    @Option(names = "--dry-run", description = "Measure and print, but leave the plan as it is.")
    private boolean dry;

    @Option(names = "--verify", description = "Time the networks as planned beside the same as they are.")
    private boolean verify;

    @Option(names = "--forget", description = "Take what was planned for this chip out of the plan.")
    private boolean forget;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    private final Console console;
    private final Interrupt interrupt;
    private final Supplier<ModelStore> store;

    ModelsTune(Console console, Interrupt interrupt, Supplier<ModelStore> store) {
        this.console = console;
        this.interrupt = interrupt;
        this.store = store;
    }

    @Override
    public Integer call() {
        if ((dry ? 1 : 0) + (verify ? 1 : 0) + (forget ? 1 : 0) > 1) {
            throw new IllegalArgumentException("--dry-run, --verify and --forget exclude one another");
        }
        if (!(seconds >= 0.1 && seconds <= 600)) {
            throw new IllegalArgumentException("--seconds is " + seconds + ", but must lie between 0.1 and 600");
        }
        ModelStore models = store.get();
        List<Model> some = chosen(models);
        try (var progress = new Progress(console, interrupt);
                var footprint = Footprint.start()) {
            var tuner = new Tuner(seconds, verify || forget ? (w, v, i) -> OptionalLong.empty() : footprint);
            if (forget) {
                return forget(models, tuner.chip());
            }
            if (!dry && !verify) {
                models.plan().checkWritable(); // before minutes of work, not after
            }
            if (verify) {
                TuneTable.Checked checked = Work.run(progress, () -> checked(models, some, tuner));
                progress.end();
                return show(checked);
            }
            List<Tuner.Report> reports = Work.run(progress, () -> tuned(models, some, tuner));
            progress.end();
            return show(reports, models, tuner);
        } catch (IOException e) {
            throw new IllegalStateException("no second Java can be started", e);
        }
    }

    private List<Model> chosen(ModelStore models) {
        List<Model> all = models.models();
        for (String name : only) {
            if (all.stream().noneMatch(m -> m.name().equals(name))) {
                models.named(name); // says what is wrong
            }
        }
        return all.stream()
                .filter(m -> only.isEmpty() || only.contains(m.name()))
                .toList();
    }

    private int forget(ModelStore models, Chip chip) {
        int gone =
                models.plan().forget(e -> e.chip().equals(chip.id()) && (only.isEmpty() || only.contains(e.network())));
        console.out().println(json ? Json.of(new TuneTable.Forgotten(gone)) : gone + " entries forgotten");
        return Main.DONE;
    }

    private List<Tuner.Report> tuned(ModelStore models, List<Model> some, Tuner tuner) {
        Examples examples = Examples.of(Optional.ofNullable(data), models, some);
        var reports = new ArrayList<Tuner.Report>();
        for (Model model : some) {
            try {
                List<List<Tensor>> inputs = examples.of(model, tuner.inputs(model));
                reports.add(tuner.tune(model, inputs));
            } catch (BadInput e) {
                reports.add(new Tuner.Report(model, "", List.of(), List.of(), List.of(String.valueOf(e.getMessage()))));
            }
        }
        return reports;
    }

    private int show(List<Tuner.Report> reports, ModelStore models, Tuner tuner) {
        if (!json) {
            console.out().print(TuneTable.of(reports, tuner.chip()));
        }
        if (!dry) {
            models.plan().put(reports.stream().flatMap(r -> r.chosen().stream()).toList(), tuner.files());
        }
        console.out()
                .println(
                        json
                                ? Json.of(TuneTable.told(
                                        reports, tuner.chip(), models.plan().folder(), !dry))
                                : dry
                                        ? "Nothing was written."
                                        : "What is marked is planned in "
                                                + models.plan().folder() + "; ./fovea models tune --forget undoes it.");
        return Main.DONE;
    }

    private TuneTable.Checked checked(ModelStore models, List<Model> some, Tuner tuner) {
        if (models.plan().entries().isEmpty()) {
            throw new BadInput(models.plan().folder().toString(), "holds no plan", "run ./fovea models tune");
        }
        Examples examples = Examples.of(Optional.ofNullable(data), models, some);
        var checks = new ArrayList<TuneTable.Check>();
        var notes = new ArrayList<String>();
        for (Model model : some) {
            try {
                List<Tuner.Verified> results =
                        tuner.verify(models.plan(), model, examples.of(model, tuner.inputs(model)));
                results.forEach(r -> checks.add(new TuneTable.Check(model.name(), r)));
                if (results.isEmpty()) {
                    notes.add(model.name() + ": the plan says nothing for this chip and these weights");
                }
            } catch (BadInput e) {
                notes.add(model.name() + ": " + e.getMessage());
            }
        }
        return new TuneTable.Checked(tuner.chip(), checks, notes);
    }

    private int show(TuneTable.Checked checked) {
        console.out().print(json ? Json.of(checked) + System.lineSeparator() : TuneTable.of(checked));
        List<String> slower = checked.models().stream()
                .filter(c -> c.result().slower())
                .map(TuneTable.Check::name)
                .distinct()
                .toList();
        if (!slower.isEmpty()) {
            throw new BadInput(
                    "The plan", "makes slower: " + String.join(", ", slower), "run ./fovea models tune again");
        }
        return Main.DONE;
    }
}
