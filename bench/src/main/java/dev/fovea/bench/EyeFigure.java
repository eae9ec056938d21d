package dev.fovea.bench;

import dev.fovea.model.ModelCard;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One figure of the evidence for the eyes, beside what others reach on the same pictures.
 *
 * @param task the network that it is about
 * @param name what was measured
 * @param data on what
 * @param value the figure
 * @param unit its unit, or empty
 * @param better which way it improves
 * @param target what it shall reach; not a number if nothing was promised
 * @param peers others' figures
 */
record EyeFigure(
        String task,
        String name,
        String data,
        double value,
        String unit,
        ModelCard.Better better,
        double target,
        List<Peer> peers) {
    private static final String COMMAND = "./fovea bench eyes";

    /** What another network reaches. */
    record Peer(String name, double value) {}

    static EyeFigure higher(
            String task, String name, String data, double value, String unit, double target, Peer... peers) {
        return new EyeFigure(task, name, data, value, unit, ModelCard.Better.HIGHER, target, List.of(peers));
    }

    static EyeFigure lower(
            String task, String name, String data, double value, String unit, double target, Peer... peers) {
        return new EyeFigure(task, name, data, value, unit, ModelCard.Better.LOWER, target, List.of(peers));
    }

    boolean met() {
        return Double.isNaN(target) || (better == ModelCard.Better.HIGHER ? value >= target : value <= target);
    }

    /** As a card has it. */
    ModelCard.Figure carded() {
        return new ModelCard.Figure(name, data, Math.round(value * 1000) / 1000.0, unit, better, COMMAND);
    }

    /** A line of the table. */
    String line() {
        String others = peers.stream()
                .map(p -> String.format(Locale.ROOT, "%s %.2f", p.name, p.value))
                .collect(Collectors.joining("   "));
        String wanted = Double.isNaN(target)
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%s %.4g%s",
                        better == ModelCard.Better.HIGHER ? "at least" : "at most",
                        target,
                        met() ? "" : "  MISSED");
        return String.format(Locale.ROOT, "%-34s %-34s %8.2f %-8s %-22s %s", name, data, value, unit, wanted, others);
    }
}
