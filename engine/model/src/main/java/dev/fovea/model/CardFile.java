package dev.fovea.model;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.fovea.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Cards as JSON. */
final class CardFile {
    private static final String SLUG = "[a-z0-9]+(-[a-z0-9]+)*";
    private static final int MOST_DIMENSIONS = 8;

    private CardFile() {}

    static ModelCard parse(String source, byte[] json) {
        Json card = Json.parse(source, json);
        List<ModelCard.Port> outputs = some(card, "outputs", card.objects("outputs", CardFile::port));
        return new ModelCard(
                card.text("task", SLUG, "must be made of small letters, digits and single hyphens"),
                card.text("name", SLUG, "must be made of small letters, digits and single hyphens"),
                card.text("summary"),
                some(card, "inputs", card.objects("inputs", CardFile::port)),
                outputs,
                card.has("tolerance") ? card.objects("tolerance", t -> tolerance(t, outputs)) : List.of(),
                some(card, "trainedOn", card.objects("trainedOn", CardFile::data)),
                card.text("teacher"),
                card.text("recipe"),
                card.text("commit"),
                card.whole("bytes", 1, Model.MOST_BYTES),
                card.text("sha256", "[0-9a-f]{64}", "must be 64 hexadecimal digits in lower case"),
                card.text("headline"),
                card.objects("figures", CardFile::figure),
                card.objects("speed", CardFile::speed),
                some(card, "worksFor", card.texts("worksFor")),
                some(card, "failsFor", card.texts("failsFor")),
                some(card, "peopleAtRisk", card.texts("peopleAtRisk")),
                card.text("licence"));
    }

    static ModelCard read(Path file) {
        try {
            return parse(file.toString(), Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new BadInput(file.toString(), "is not there", "a model needs its card beside it", e);
        } catch (IOException e) {
            throw new BadInput(file.toString(), "cannot be read", "restore the file", e);
        }
    }

    static void write(ModelCard card, Path file) {
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(beside, text(card));
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new BadInput(file.toString(), "cannot be written", "choose a folder that you may write to", e);
        }
    }

    /** A record as JSON that people can read, in UTF-8. */
    static byte[] text(Record record) throws IOException {
        String text = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(fields(record)) + "\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ModelCard.Port port(Json port) {
        List<Double> shape = port.numbers("shape");
        if (shape.size() > MOST_DIMENSIONS
                || shape.stream().anyMatch(n -> n != Math.rint(n) || n < TensorSpec.ANY || n > Integer.MAX_VALUE)) {
            throw port.wrong("shape", "must be a list of up to " + MOST_DIMENSIONS + " whole numbers, -1 for any");
        }
        List<Double> range = port.numbers("range");
        if (!range.isEmpty() && (range.size() != 2 || range.get(0) >= range.get(1))) {
            throw port.wrong("range", "must be empty or the least and the greatest value");
        }
        return new ModelCard.Port(
                port.text("name"), shape.stream().map(Double::intValue).toList(), range, port.text("meaning"));
    }

    private static ModelCard.Tolerance tolerance(Json tolerance, List<ModelCard.Port> outputs) {
        double deviation = tolerance.number("deviation");
        if (deviation <= 0) {
            throw tolerance.wrong("deviation", "must be above 0");
        }
        double share = tolerance.number("share");
        if (share <= 0 || share > 1) {
            throw tolerance.wrong("share", "must be above 0 and at most 1");
        }
        String output = tolerance.text("output");
        String where = tolerance.note("where");
        List<String> names = outputs.stream().map(ModelCard.Port::name).toList();
        if (!names.contains(output)) {
            throw tolerance.wrong("output", "must be the name of an output");
        }
        if (!where.isEmpty() && !names.contains(where)) {
            throw tolerance.wrong("where", "must be empty or the name of an output");
        }
        return new ModelCard.Tolerance(output, deviation, share, where, tolerance.number("least"));
    }

    private static ModelCard.Data data(Json data) {
        return new ModelCard.Data(data.text("name"), data.text("licence"), data.text("use"));
    }

    private static ModelCard.Figure figure(Json figure) {
        return new ModelCard.Figure(
                figure.text("name"),
                figure.text("data"),
                figure.number("value"),
                figure.note("unit"),
                figure.one("better", ModelCard.Better.class),
                figure.text("command"));
    }

    private static ModelCard.Speed speed(Json speed) {
        double milliseconds = speed.number("milliseconds");
        if (milliseconds <= 0) {
            throw speed.wrong("milliseconds", "must be above 0");
        }
        return new ModelCard.Speed(speed.text("size"), milliseconds, speed.text("machine"), speed.text("command"));
    }

    private static <T> List<T> some(Json card, String name, List<T> list) {
        if (list.isEmpty()) {
            throw card.wrong(name, "must not be empty");
        }
        return list;
    }

    /** A record as nested maps and lists, in the order of its components. */
    private static Object fields(Object value) {
        return switch (value) {
            case Record record -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                for (var component : record.getClass().getRecordComponents()) {
                    try {
                        fields.put(
                                component.getName(),
                                fields(component.getAccessor().invoke(record)));
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                }
                yield fields;
            }
            case List<?> list -> {
                var all = new ArrayList<Object>();
                list.forEach(each -> all.add(fields(each)));
                yield all;
            }
            case Enum<?> one -> one.name().toLowerCase(Locale.ROOT);
            case Double d when d == Math.rint(d) && Math.abs(d) < 1e15 -> (Object) d.longValue();
            default -> value;
        };
    }
}
