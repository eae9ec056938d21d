package dev.fovea;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the {@link Knob}s of a record class, checks values against their ranges, and makes records from named values. */
public final class Knobs {
    private Knobs() {}

    /**
     * One knob of a record.
     *
     * @param name the component's name
     * @param type the component's type: {@code int}, {@code float}, {@code double} or {@code boolean}
     * @param knob its range, default and help
     */
    public record Named(String name, Class<?> type, Knob knob) {}

    /** The knobs of a record class, in the order of its components. */
    public static List<Named> of(Class<? extends Record> type) {
        var found = new ArrayList<Named>();
        for (RecordComponent c : type.getRecordComponents()) {
            Knob knob = c.getAnnotation(Knob.class);
            if (knob != null) {
                found.add(new Named(c.getName(), c.getType(), knob));
            }
        }
        return List.copyOf(found);
    }

    /**
     * Checks every knob of a record against its range; meant for compact constructors.
     *
     * @param values the values in the order of {@link #of}
     * @throws IllegalArgumentException naming the knob, its value and its range
     */
    public static void check(Class<? extends Record> type, double... values) {
        List<Named> knobs = of(type);
        if (knobs.size() != values.length) {
            throw new IllegalStateException(type + " has " + knobs.size() + " knobs, not " + values.length);
        }
        for (int i = 0; i < values.length; i++) {
            Named n = knobs.get(i);
            if (!(values[i] >= n.knob.min() && values[i] <= n.knob.max())) {
                throw new IllegalArgumentException(
                        n.name + " is " + shown(values[i]) + ", but must lie between " + shown(n.knob.min()) + " and "
                                + shown(n.knob.max()) + (n.knob.unit().isEmpty() ? "" : " " + n.knob.unit()));
            }
        }
    }

    /**
     * A record whose knobs have the given values, and their normal values where none is given. Every component must be a knob.
     *
     * @throws IllegalArgumentException for an unknown name or a value out of range
     */
    public static <R extends Record> R make(Class<R> type, Map<String, Double> values) {
        List<Named> knobs = of(type);
        for (String name : values.keySet()) {
            if (knobs.stream().noneMatch(n -> n.name.equals(name))) {
                throw new IllegalArgumentException(type.getSimpleName() + " has no knob named " + name + "; it has "
                        + knobs.stream().map(Named::name).toList());
            }
        }
        Object[] arguments = knobs.stream()
                .map(n -> boxed(n.type, values.getOrDefault(n.name, n.knob.normal())))
                .toArray();
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made from its knobs", e);
        }
    }

    /**
     * A record with some components changed, knobs or not.
     *
     * @param changes values by the names of their components
     * @throws IllegalArgumentException if the record refuses a value
     */
    public static <R extends Record> R change(R record, Map<String, ?> changes) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        var types = new Class<?>[components.length];
        var values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                Object wanted = changes.get(components[i].getName());
                values[i] = wanted != null ? wanted : now(record, components[i]);
            }
            @SuppressWarnings("unchecked") // a record's class is its own type
            Constructor<R> canonical = (Constructor<R>) record.getClass().getDeclaredConstructor(types);
            canonical.setAccessible(true); // the record may be one package's own
            return canonical.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(record.getClass() + " cannot be copied", e);
        }
    }

    private static Object now(Record record, RecordComponent component) throws ReflectiveOperationException {
        var accessor = component.getAccessor();
        accessor.setAccessible(true);
        return accessor.invoke(record);
    }

    /**
     * A record whose knobs are turned as text says; what is no knob of it is passed over.
     *
     * @param texts numbers, or true and false, by the names of the knobs
     * @throws IllegalArgumentException for text that is no number, or a value out of range
     */
    public static <R extends Record> R turn(R record, Map<String, String> texts) {
        var changes = new HashMap<String, Object>();
        for (Named n : of(record.getClass())) {
            String text = texts.get(n.name);
            if (text != null && !text.isBlank()) {
                changes.put(n.name, boxed(n.type, number(n.name, text.strip())));
            }
        }
        return change(record, changes);
    }

    private static double number(String name, String text) {
        try {
            return text.equals("true") ? 1 : text.equals("false") ? 0 : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is '" + text + "', which is no number", e);
        }
    }

    private static Object boxed(Class<?> type, double v) {
        if (type == int.class) {
            return (int) Math.round(v);
        }
        if (type == boolean.class) {
            return v != 0;
        }
        return type == float.class ? (Object) (float) v : (Object) v;
    }

    private static String shown(double v) {
        return v == Math.rint(v) && Math.abs(v) < 1e9 ? Long.toString((long) v) : Double.toString(v);
    }
}
