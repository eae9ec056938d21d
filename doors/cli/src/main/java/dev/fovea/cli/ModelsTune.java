package dev.fovea.cli;

import dev.fovea.BadInput;
import dev.fovea.Work;
import dev.fovea.model.Chip;
import dev.fovea.model.Loss;
import dev.fovea.model.Model;
import dev.fovea.model.ModelStore;
import dev.fovea.model.Plan;
import dev.fovea.model.Tensor;
import dev.fovea.model.Tuner;
import dev.fovea.model.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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

    /** One way to run a network, for programs. */
    private record Way(
            String precision,
            int threads,
            String provider,
            double p50,
            double p90,
            Optional<Long> bytes,
            List<Loss> losses,
            boolean tolerable,
            boolean chosen) {}

    /** One network, for programs. */
    private record Tuned(String name, String task, String inputs, List<Way> variants, List<String> notes) {}

    private record Report(Chip chip, Path plan, boolean written, List<Tuned> models) {}

    private record Check(String name, Tuner.Verified result) {}

    private record Checked(Chip chip, List<Check> models, List<String> notes) {}

    private record Forgotten(int entries) {}

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
            return verify
                    ? verify(Work.run(progress, () -> checked(models, some, tuner)), progress)
                    : show(Work.run(progress, () -> tuned(models, some, tuner)), models, tuner, progress);
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
        return all.stream().filter(m -> only.isEmpty() || only.contains(m.name())).toList();
    }

    private int forget(ModelStore models, Chip chip) {
        int gone = models.plan()
                .forget(e -> e.chip().equals(chip.id()) && (only.isEmpty() || only.contains(e.network())));
        console.out().println(json ? Json.of(new Forgotten(gone)) : gone + " entries forgotten");
        return Main.DONE;
    }

    private List<Tuner.Report> tuned(ModelStore models, List<Model> some, Tuner tuner) {
        Examples examples = Examples.of(Optional.ofNullable(data), models);
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

    private int show(List<Tuner.Report> reports, ModelStore models, Tuner tuner, Progress progress) {
        progress.end();
        List<Plan.Entry> entries =
                reports.stream().flatMap(r -> r.chosen().stream()).toList();
        if (!json) {
            table(reports, tuner.chip());
        }
        if (!dry) {
            models.plan().put(entries, tuner.files());
        }
        if (json) {
            console.out()
                    .println(Json.of(new Report(
                            tuner.chip(),
                            models.plan().folder(),
                            !dry,
                            reports.stream().map(ModelsTune::told).toList())));
        } else {
            console.out()
                    .println(
                            dry
                                    ? "Nothing was written."
                                    : "Marked ways are planned in " + models.plan().folder() + "; ./fovea models tune --forget undoes it.");
        }
        return Main.DONE;
    }

    private static Tuned told(Tuner.Report report) {
        List<Way> ways = report.measured().stream()
                .map(m -> new Way(
                        m.variant().precision().toString(),
                        m.variant().threads(),
                        m.variant().provider(),
                        m.p50(),
                        m.p90(),
                        m.peak().isPresent() ? Optional.of(m.peak().getAsLong()) : Optional.empty(),
                        m.losses(),
                        m.tolerable(),
                        planned(report, m.variant())))
                .toList();
        return new Tuned(report.model().name(), report.model().task(), report.inputs(), ways, report.notes());
    }

    private static boolean planned(Tuner.Report report, Variant variant) {
        return report.chosen().stream().anyMatch(e -> e.variant().equals(variant));
    }

    private void table(List<Tuner.Report> reports, Chip chip) {
        console.out().println(chip.name() + ", " + chip.runtime());
        console.out()
                .println(String.format(
                        Locale.ROOT, "%-28s %9s %9s %10s  %s", "", "p50 ms", "p90 ms", "memory", "loss, of what is allowed"));
        for (Tuner.Report report : reports) {
            console.out().println(report.model().name() + " " + report.inputs());
            report.measured().forEach(m -> console.out().println(line(m, planned(report, m.variant()))));
            report.notes().forEach(note -> console.out().println("    " + note));
        }
    }

    private static String line(Tuner.Measured m, boolean planned) {
        String memory = m.peak().isPresent() ? ModelsCommand.size(m.peak().getAsLong()) : "";
        return String.format(
                Locale.ROOT,
                "%s %-26s %9.2f %9.2f %10s  %s",
                planned ? "*" : " ",
                m.variant(),
                m.p50(),
                m.p90(),
                memory,
                loss(m));
    }

    /** The loss that comes nearest to what is allowed. */
    private static String loss(Tuner.Measured m) {
        return m.losses().stream()
                .max(Comparator.comparingDouble(l -> Double.isNaN(l.deviation()) ? Double.MAX_VALUE : l.deviation() / l.allowed()))
                .map(l -> l.deviation() == 0
                        ? "none"
                        : Double.isNaN(l.deviation())
                                ? "unknown: no example has values of " + l.output() + " that count"
                                : String.format(
                                        Locale.ROOT,
                                        "%.0f %%: %s %.2g of %.2g%s",
                                        100 * l.deviation() / l.allowed(),
                                        l.output(),
                                        l.deviation(),
                                        l.allowed(),
                                        m.tolerable() ? "" : ", too much"))
                .orElse("");
    }

    private Checked checked(ModelStore models, List<Model> some, Tuner tuner) {
        if (models.plan().entries().isEmpty()) {
            throw new BadInput(models.plan().folder().toString(), "holds no plan", "run ./fovea models tune");
        }
        Examples examples = Examples.of(Optional.ofNullable(data), models);
        var checks = new ArrayList<Check>();
        var notes = new ArrayList<String>();
        for (Model model : some) {
            try {
                List<Tuner.Verified> results =
                        tuner.verify(models.plan(), model, examples.of(model, tuner.inputs(model)));
                results.forEach(r -> checks.add(new Check(model.name(), r)));
                if (results.isEmpty()) {
                    notes.add(model.name() + ": the plan says nothing for this chip and these weights");
                }
            } catch (BadInput e) {
                notes.add(model.name() + ": " + e.getMessage());
            }
        }
        return new Checked(tuner.chip(), checks, notes);
    }

    private int verify(Checked checked, Progress progress) {
        progress.end();
        if (json) {
            console.out().println(Json.of(checked));
        } else {
            console.out().println(checked.chip.name() + ", " + checked.chip.runtime());
            console.out()
                    .println(String.format(
                            Locale.ROOT, "%-18s %-26s %9s %9s  %s", "", "planned", "as is ms", "planned", "ratio, 99 % sure"));
            checked.models.forEach(c -> console.out().println(line(c)));
            checked.notes.forEach(note -> console.out().println(note));
        }
        List<String> slower = checked.models.stream()
                .filter(c -> c.result.slower())
                .map(Check::name)
                .distinct()
                .toList();
        if (!slower.isEmpty()) {
            throw new BadInput("The plan", "makes slower: " + String.join(", ", slower), "run ./fovea models tune again");
        }
        return Main.DONE;
    }

    private static String line(Check check) {
        Tuner.Verified r = check.result;
        return String.format(
                Locale.ROOT,
                "%-18s %-26s %9.2f %9.2f  %.2f (%.2f to %.2f)",
                check.name,
                r.variant(),
                r.plain(),
                r.planned(),
                r.ratio(),
                r.least(),
                r.most());
    }
}
