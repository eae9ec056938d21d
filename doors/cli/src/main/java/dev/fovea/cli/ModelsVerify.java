package dev.fovea.cli;

import dev.fovea.BadInput;
import dev.fovea.Json;
import dev.fovea.Work;
import dev.fovea.model.ModelStore;
import dev.fovea.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares every model that is here with its hash. */
@Command(
        name = "verify",
        description = {"Compare every model that is here with its SHA-256; altered ones make this command fail.", ""})
final class ModelsVerify implements Callable<Integer> {
    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    private final Console console;
    private final Interrupt interrupt;
    private final Supplier<ModelStore> store;

    ModelsVerify(Console console, Interrupt interrupt, Supplier<ModelStore> store) {
        this.console = console;
        this.interrupt = interrupt;
        this.store = store;
    }

    /** One model, for programs. */
    private record Checked(String name, String source, boolean whole, Optional<String> problem) {}

    private record Report(List<Checked> models) {}

    @Override
    public Integer call() {
        try (var progress = new Progress(console, interrupt)) {
            List<Checked> all = Work.run(progress, () -> store.get().verify()).stream()
                    .map(ModelsVerify::checked)
                    .toList();
            progress.end();
            print(all);
            long altered = all.stream().filter(c -> !c.whole).count();
            if (altered > 0) {
                throw new BadInput(
                        altered + " of " + all.size() + " models",
                        altered == 1 ? "is altered" : "are altered",
                        "pull or restore what is named above");
            }
        }
        return Main.DONE;
    }

    private void print(List<Checked> all) {
        if (json) {
            console.out().println(Json.of(new Report(all)));
            return;
        }
        all.forEach(c -> console.out().println(c.name + ": " + c.problem.orElse(c.source + " is whole")));
        if (all.isEmpty()) {
            console.out().println("No model is here; ./fovea models list names those that can be pulled");
        }
    }

    private static Checked checked(Verdict verdict) {
        return new Checked(
                verdict.model().name(),
                verdict.model().source(),
                verdict.problem().isEmpty(),
                verdict.problem());
    }
}
