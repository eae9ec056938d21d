package dev.fovea.cli;

import dev.fovea.model.Chip;
import dev.fovea.model.Loss;
import dev.fovea.model.Tuner;
import dev.fovea.model.Variant;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code models tune} found out, for people and for programs. */
final class TuneTable {
    private TuneTable() {}

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
            boolean planned) {}

    /** One network, for programs. */
    private record Tuned(String name, String task, String inputs, List<Way> variants, List<String> notes) {}

    /** All of them, for programs. */
    record Report(Chip chip, Path plan, boolean written, List<Tuned> models) {}

    /** One network as planned beside the same as it is. */
    record Check(String name, Tuner.Verified result) {}

    /** All of them. */
    record Checked(Chip chip, List<Check> models, List<String> notes) {}

    /** How many entries were forgotten. */
    record Forgotten(int entries) {}

    static Report told(List<Tuner.Report> reports, Chip chip, Path plan, boolean written) {
        return new Report(
                chip, plan, written, reports.stream().map(TuneTable::told).toList());
    }

    private static Tuned told(Tuner.Report report) {
        List<Way> ways = report.measured().stream()
                .map(m -> told(m, planned(report, m.variant())))
                .toList();
        return new Tuned(report.model().name(), report.model().task(), report.inputs(), ways, report.notes());
    }

    private static Way told(Tuner.Measured m, boolean planned) {
        return new Way(
                m.variant().precision().toString(),
                m.variant().threads(),
                m.variant().provider(),
                m.p50(),
                m.p90(),
                m.peak().isPresent() ? Optional.of(m.peak().getAsLong()) : Optional.empty(),
                m.losses(),
                m.tolerable(),
                planned);
    }

    private static boolean planned(Tuner.Report report, Variant variant) {
        return report.chosen().stream().anyMatch(e -> e.variant().equals(variant));
    }

    static String of(List<Tuner.Report> reports, Chip chip) {
        var table = new StringBuilder(chip.name() + ", " + chip.runtime() + "\n");
        table.append(String.format(
                Locale.ROOT, "%-28s %9s %9s %10s  %s%n", "", "p50 ms", "p90 ms", "memory", "loss, of what is allowed"));
        for (Tuner.Report report : reports) {
            table.append(report.model().name())
                    .append(' ')
                    .append(report.inputs())
                    .append('\n');
            report.measured().forEach(m -> table.append(line(m, planned(report, m.variant()))));
            report.notes().forEach(note -> table.append("    ").append(note).append('\n'));
        }
        return table.toString();
    }

    private static String line(Tuner.Measured m, boolean planned) {
        return String.format(
                Locale.ROOT,
                "%s %-26s %9.2f %9.2f %10s  %s%n",
                planned ? "*" : " ",
                m.variant(),
                m.p50(),
                m.p90(),
                m.peak().isPresent() ? ModelsCommand.size(m.peak().getAsLong()) : "",
                m.losses().stream()
                        .max(Comparator.comparingDouble(TuneTable::share))
                        .map(TuneTable::text)
                        .orElse(""));
    }

    /** Which part of what is allowed a loss is. */
    private static double share(Loss loss) {
        return Double.isNaN(loss.deviation())
                ? Double.MAX_VALUE
                : loss.deviation() == 0 ? 0 : loss.deviation() / loss.allowed();
    }

    private static String text(Loss loss) {
        if (Double.isNaN(loss.deviation())) {
            return "unknown: no example has values of " + loss.output() + " that count";
        }
        return loss.deviation() == 0
                ? "none"
                : String.format(
                        Locale.ROOT,
                        "%.0f %%: %s %.2g of %.2g%s",
                        100 * share(loss),
                        loss.output(),
                        loss.deviation(),
                        loss.allowed(),
                        loss.tolerable() ? "" : ", too much");
    }

    static String of(Checked checked) {
        var table = new StringBuilder(checked.chip.name() + ", " + checked.chip.runtime() + "\n");
        table.append(String.format(
                Locale.ROOT,
                "%-18s %-26s %10s %10s  %s%n",
                "",
                "planned",
                "as it is",
                "as planned",
                "ratio (99 % sure)"));
        checked.models.forEach(c -> table.append(line(c)));
        checked.notes.forEach(note -> table.append(note).append('\n'));
        return table.toString();
    }

    private static String line(Check check) {
        Tuner.Verified r = check.result;
        return String.format(
                Locale.ROOT,
                "%-18s %-26s %7.2f ms %7.2f ms  %.2f (%.2f to %.2f)%n",
                check.name,
                r.variant(),
                r.plain(),
                r.planned(),
                r.ratio(),
                r.least(),
                r.most());
    }
}
