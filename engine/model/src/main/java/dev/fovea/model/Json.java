package dev.fovea.model;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.fovea.BadInput;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One JSON object being read: each field is required and checked, and a complaint names it. */
final class Json {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_TEXT = 4000;

    private final String source;
    private final String path;
    private final Map<?, ?> fields;

    private Json(String source, String path, Map<?, ?> fields) {
        this.source = source;
        this.path = path;
        this.fields = fields;
    }

    /** @throws BadInput if the text is no JSON object */
    static Json parse(String source, byte[] text) {
        if (text.length > MOST_BYTES) {
            throw bad(source, "has more than " + (MOST_BYTES >> 10) + " KiB");
        }
        try {
            return new Json(source, "", Objects.requireNonNull(JSON.std.mapFrom(text)));
        } catch (IOException | RuntimeException e) {
            throw new BadInput(source, "is no JSON object", "restore the file", e);
        }
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    String text(String name) {
        Object value = field(name);
        if (!(value instanceof String s) || s.isBlank() || s.length() > MOST_TEXT) {
            throw wrong(name, "must be a text");
        }
        return s;
    }

    /** A text that may be empty. */
    String note(String name) {
        Object value = field(name);
        return value instanceof String s && s.isBlank() ? "" : text(name);
    }

    String text(String name, String pattern, String rule) {
        String value = text(name);
        if (!value.matches(pattern)) {
            throw wrong(name, rule);
        }
        return value;
    }

    double number(String name) {
        if (!(field(name) instanceof Number n) || !Double.isFinite(n.doubleValue())) {
            throw wrong(name, "must be a number");
        }
        return n.doubleValue();
    }

    long whole(String name, long least, long most) {
        double value = number(name);
        if (value != Math.rint(value) || value < least || value > most) {
            throw wrong(name, "must be a whole number from " + least + " to " + most);
        }
        return (long) value;
    }

    <E extends Enum<E>> E one(String name, Class<E> type) {
        String word = text(name);
        for (E e : type.getEnumConstants()) {
            if (e.name().toLowerCase(Locale.ROOT).equals(word)) {
                return e;
            }
        }
        throw wrong(
                name,
                "must be one of " + List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT));
    }

    <T> List<T> objects(String name, Function<Json, T> each) {
        List<?> list = list(name);
        return java.util.stream.IntStream.range(0, list.size())
                .mapToObj(i -> each.apply(new Json(source, path + name + "[" + i + "].", object(name, list.get(i)))))
                .toList();
    }

    List<String> texts(String name) {
        return list(name).stream()
                .map(v -> {
                    if (!(v instanceof String s) || s.isBlank() || s.length() > MOST_TEXT) {
                        throw wrong(name, "must be a list of texts");
                    }
                    return s;
                })
                .toList();
    }

    List<Double> numbers(String name) {
        return list(name).stream()
                .map(v -> {
                    if (!(v instanceof Number n) || !Double.isFinite(n.doubleValue())) {
                        throw wrong(name, "must be a list of numbers");
                    }
                    return n.doubleValue();
                })
                .toList();
    }

    /** A complaint about one field. */
    BadInput wrong(String name, String rule) {
        return bad(source, "has a field " + path + name + " that " + rule);
    }

    private List<?> list(String name) {
        if (!(field(name) instanceof List<?> list) || list.size() > 1000) {
            throw wrong(name, "must be a list");
        }
        return list;
    }

    private Map<?, ?> object(String name, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(name, "must be a list of objects");
        }
        return map;
    }

    private Object field(String name) {
        Object value = fields.get(name);
        if (value == null) {
            throw bad(source, "lacks the field " + path + name);
        }
        return value;
    }

    private static BadInput bad(String source, String problem) {
        return new BadInput(source, problem, "complete it as docs/models.md tells");
    }
}
