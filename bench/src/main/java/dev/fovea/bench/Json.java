package dev.fovea.bench;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Results as JSON (RFC 8259): records become objects, lists arrays, a number that is none null. */
final class Json {
    private Json() {}

    static String of(Object value) {
        return switch (value) {
            case Double d -> Double.isFinite(d) ? d.toString() : "null";
            case Number n -> n.toString();
            case Boolean b -> b.toString();
            case Record r -> object(r);
            case List<?> l -> l.stream().map(Json::of).collect(Collectors.joining(",", "[", "]"));
            default -> '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        };
    }

    private static String object(Record r) {
        var fields = new ArrayList<String>();
        for (RecordComponent c : r.getClass().getRecordComponents()) {
            try {
                fields.add(of(c.getName()) + ":" + of(c.getAccessor().invoke(r)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(r.getClass() + " hides its components", e);
            }
        }
        return "{" + String.join(",", fields) + "}";
    }
}
