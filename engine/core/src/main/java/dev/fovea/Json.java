package dev.fovea;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Values as JSON (RFC 8259): records and maps become objects, lists arrays, an empty optional or a number that is none null. */
public final class Json {
    private Json() {}

    /** The JSON of a value made of records, maps, lists, numbers and text; arrays of numbers are lists. */
    public static String of(@Nullable Object value) {
        if (value instanceof double[] numbers) {
            return of(java.util.Arrays.stream(numbers).boxed().toList());
        }
        return switch (value) {
            case null -> "null";
            case Optional<?> o -> of(o.orElse(null));
            case Double d -> Double.isFinite(d) ? number(d) : "null";
            case Float f -> of(f.doubleValue());
            case Number n -> n.toString();
            case Boolean b -> b.toString();
            case Map<?, ?> m ->
                m.entrySet().stream()
                        .map(e -> quoted(String.valueOf(e.getKey())) + ":" + of(e.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case Record r -> of(fields(r));
            case Iterable<?> i
            when !(value instanceof java.nio.file.Path) ->
                StreamSupport.stream(i.spliterator(), false).map(Json::of).collect(Collectors.joining(",", "[", "]"));
            default -> quoted(value.toString());
        };
    }

    private static String number(double d) {
        return d == Math.rint(d) && Math.abs(d) < 1e15 ? Long.toString((long) d) : Double.toString(d);
    }

    private static Map<String, @Nullable Object> fields(Record r) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        for (RecordComponent c : r.getClass().getRecordComponents()) {
            try {
                var accessor = c.getAccessor();
                accessor.setAccessible(true);
                fields.put(c.getName(), accessor.invoke(r));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(r.getClass() + " hides its components", e);
            }
        }
        return fields;
    }

    private static String quoted(String s) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
