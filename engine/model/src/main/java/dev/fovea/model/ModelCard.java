package dev.fovea.model;

import dev.fovea.BadInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is known of a network: kept as {@code card.json} beside its weights. A card is not read unless every field is there; what only
 * measuring can fill in is listed by {@link #gaps}.
 *
 * @param task what it is for, as in {@code face-detection}
 * @param name what it is called; unique among all models
 * @param summary one sentence
 * @param inputs what goes in
 * @param outputs what comes out
 * @param tolerance how far answers may deviate where the network computes in other numbers; one for each output
 * @param trainedOn the data it learned from
 * @param teacher the network whose answers it learned from with its licence, or {@code none}
 * @param recipe the folder that re-creates it, as in {@code training/face-detector}
 * @param commit the commit of the recipe that made these weights
 * @param bytes size of the weights
 * @param sha256 of the weights, in lower-case hexadecimal
 * @param headline the name of the figure by which models of the task are compared
 * @param figures quality on held-out data, written by evidence commands
 * @param speed how long one call takes, written by evidence commands
 * @param worksFor what it can be relied on for
 * @param failsFor what it is known to get wrong
 * @param peopleAtRisk who may be served worse, or harmed by a wrong answer
 * @param licence of the weights, as an SPDX identifier
 */
public record ModelCard(
        String task,
        String name,
        String summary,
        List<Port> inputs,
        List<Port> outputs,
        List<Tolerance> tolerance,
        List<Data> trainedOn,
        String teacher,
        String recipe,
        String commit,
        long bytes,
        String sha256,
        String headline,
        List<Figure> figures,
        List<Speed> speed,
        List<String> worksFor,
        List<String> failsFor,
        List<String> peopleAtRisk,
        String licence) {
    /** Copies the lists. */
    public ModelCard {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        tolerance = List.copyOf(tolerance);
        trainedOn = List.copyOf(trainedOn);
        figures = List.copyOf(figures);
        speed = List.copyOf(speed);
        worksFor = List.copyOf(worksFor);
        failsFor = List.copyOf(failsFor);
        peopleAtRisk = List.copyOf(peopleAtRisk);
    }

    /**
     * An input or output.
     *
     * @param name its name in the network
     * @param shape its dimensions; -1 where each call decides
     * @param range the least and the greatest value, or empty if there is no limit
     * @param meaning what the values are: order, unit, colour
     */
    public record Port(String name, List<Integer> shape, List<Double> range, String meaning) {}

    /**
     * How far an output may deviate from what the network answers in floating point, before a faster way of computing is refused.
     *
     * @param output its name
     * @param deviation the most that counts as the same, in the output's unit
     * @param share of the values that must keep to it, above 0 up to 1: 1 for single answers, less for dense ones such as masks
     * @param where another output that says which values count, or empty if all do: those at whose place it is at least {@code least}.
     *     Places are compared along the first dimensions
     * @param least see {@code where}
     */
    public record Tolerance(String output, double deviation, double share, String where, double least) {}

    /**
     * Data that a network learned from.
     *
     * @param name what it is called
     * @param licence its licence
     * @param use how much of it, and for what
     */
    public record Data(String name, String licence, String use) {}

    /**
     * A measured quality.
     *
     * @param name what was measured
     * @param data on what: held-out data only
     * @param value the figure
     * @param unit its unit, or empty
     * @param better whether {@code higher} or {@code lower} is better
     * @param command the command that prints it
     */
    public record Figure(String name, String data, double value, String unit, Better better, String command) {}

    /** Which way a figure improves. */
    public enum Better {
        /** More is better. */
        HIGHER,
        /** Less is better. */
        LOWER;

        /** As cards have it: in small letters. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A measured duration.
     *
     * @param size of the input, as in {@code 320x240}
     * @param milliseconds the median of one call on one core
     * @param machine the processor
     * @param command the command that prints it
     */
    public record Speed(String size, double milliseconds, String machine, String command) {}

    /**
     * Reads a card.
     *
     * @param source what to call it in complaints
     * @throws BadInput naming the first field that is missing or makes no sense
     */
    public static ModelCard parse(String source, byte[] json) {
        return CardFile.parse(source, json);
    }

    /**
     * Reads a card's file.
     *
     * @throws BadInput as {@link #parse}
     */
    public static ModelCard read(Path file) {
        return CardFile.read(file);
    }

    /**
     * Writes the card to a file, replacing it at once.
     *
     * @throws BadInput if it cannot be written
     */
    public void write(Path file) {
        CardFile.write(this, file);
    }

    /** The card with figures of an evidence command: those of the same name and data are replaced, new ones added. */
    public ModelCard withFigures(List<Figure> measured) {
        var all = new ArrayList<Figure>();
        for (Figure f : figures) {
            all.add(measured.stream().filter(m -> same(m, f)).findFirst().orElse(f));
        }
        measured.stream()
                .filter(m -> figures.stream().noneMatch(f -> same(m, f)))
                .forEach(all::add);
        return with(all, speed);
    }

    /** The card with durations of an evidence command: those of the same size are replaced, new ones added. */
    public ModelCard withSpeed(List<Speed> measured) {
        var all = new ArrayList<>(measured);
        speed.stream()
                .filter(s -> measured.stream().noneMatch(m -> m.size.equals(s.size)))
                .forEach(all::add);
        return with(figures, all);
    }

    /** What measuring has not filled in yet, in words; empty for a complete card. */
    public List<String> gaps() {
        var gaps = new ArrayList<String>();
        if (figures.isEmpty()) {
            gaps.add("figures");
        } else if (figures.stream().noneMatch(f -> f.name.equals(headline))) {
            gaps.add("the headline figure " + headline);
        }
        if (speed.isEmpty()) {
            gaps.add("speed");
        }
        outputs.stream()
                .filter(o -> tolerance.stream().noneMatch(t -> t.output.equals(o.name)))
                .forEach(o -> gaps.add("the tolerance of " + o.name));
        return List.copyOf(gaps);
    }

    private static boolean same(Figure a, Figure b) {
        return a.name.equals(b.name) && a.data.equals(b.data);
    }

    private ModelCard with(List<Figure> newFigures, List<Speed> newSpeed) {
        return new ModelCard(
                task,
                name,
                summary,
                inputs,
                outputs,
                tolerance,
                trainedOn,
                teacher,
                recipe,
                commit,
                bytes,
                sha256,
                headline,
                newFigures,
                newSpeed,
                worksFor,
                failsFor,
                peopleAtRisk,
                licence);
    }
}
