package dev.fovea.model;

import dev.fovea.BadInput;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The components of a record, each tied to a tensor of a network. */
final class Ports<R extends Record> {
    /**
     * One component.
     *
     * @param read how it is read
     * @param kind what Java type it has
     * @param spec its tensor, in the shape that calls must have
     */
    private record Port(Method read, Kind kind, TensorSpec spec) {}

    private static final long MOST_VALUES = 1L << 30;

    private final Constructor<R> constructor;
    private final List<Port> ports;
    private final List<String> names;
    private final int[] order;
    private final String source;

    private Ports(Class<R> type, List<Port> ports, int[] order, String source) {
        this.source = source;
        this.constructor = constructor(type);
        this.ports = ports;
        this.names = ports.stream().map(p -> p.spec.name()).toList();
        this.order = order;
    }

    /**
     * Ties a record to a network's inputs.
     *
     * @throws BadInput if one is missing, unknown or of another kind or shape
     */
    static <R extends Record> Ports<R> inputs(Class<R> type, List<TensorSpec> specs, String source) {
        List<Port> ports = ports(type, specs, source, "input", true);
        var order = new int[specs.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = position(ports, specs.get(i), type, source);
        }
        return new Ports<>(type, ports, order, source);
    }

    /**
     * Ties a record to some of a network's outputs.
     *
     * @throws BadInput if one is unknown or of another kind or shape
     */
    static <R extends Record> Ports<R> outputs(Class<R> type, List<TensorSpec> specs, String source) {
        return new Ports<>(type, ports(type, specs, source, "output", false), new int[0], source);
    }

    /** Whether every component of a record is named among some tensors. */
    static boolean name(Class<?> type, List<String> tensors) {
        return Arrays.stream(type.getRecordComponents())
                .allMatch(c -> tensors.stream().anyMatch(t -> plain(t).equals(plain(wanted(c)))));
    }

    /** The names of the tensors, in the order of the components. */
    List<String> names() {
        return names;
    }

    /** The tensors, in the order of the components. */
    List<TensorSpec> specs() {
        return ports.stream().map(Port::spec).toList();
    }

    /** A record's values in the order of the network. */
    List<Tensor> tensors(R values) {
        var tensors = new Tensor[order.length];
        for (int i = 0; i < tensors.length; i++) {
            Port port = ports.get(order[i]);
            tensors[i] = port.kind.tensor(read(port.read, values), port.spec);
        }
        return List.of(tensors);
    }

    /** A record made of tensors in the order of its components. */
    R record(List<Tensor> tensors) {
        var values = new Object[ports.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ports.get(i).kind.value(promised(ports.get(i).spec, tensors.get(i)));
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Tensor promised(TensorSpec spec, Tensor tensor) {
        if (!Shapes.allows(spec.shape(), tensor.shape())) {
            throw refusal(source, "gave " + Shapes.text(tensor.shape()) + " instead of " + spec);
        }
        return tensor;
    }

    private static List<Port> ports(Class<?> type, List<TensorSpec> specs, String source, String role, boolean goesIn) {
        var ports = new ArrayList<Port>();
        for (RecordComponent component : type.getRecordComponents()) {
            Kind kind = Kind.of(component);
            TensorSpec spec = find(component, specs, source, role);
            Method read = component.getAccessor();
            read.setAccessible(true);
            ports.add(new Port(read, kind, agreed(component, kind, spec, source, role, goesIn)));
        }
        return List.copyOf(ports);
    }

    private static TensorSpec find(RecordComponent component, List<TensorSpec> specs, String source, String role) {
        String wanted = wanted(component);
        List<TensorSpec> exact =
                specs.stream().filter(s -> s.name().equals(wanted)).toList();
        List<TensorSpec> alike = specs.stream()
                .filter(s -> plain(s.name()).equals(plain(wanted)))
                .toList();
        List<TensorSpec> found = exact.isEmpty() ? alike : exact;
        if (found.size() != 1) {
            throw refusal(source, "has no " + role + " " + wanted + "; it has " + listed(specs));
        }
        return found.getFirst();
    }

    private static String wanted(RecordComponent component) {
        Binding binding = component.getAnnotation(Binding.class);
        return binding == null || binding.value().isEmpty() ? component.getName() : binding.value();
    }

    /** The network's tensor in the shape that both sides agree on. */
    private static TensorSpec agreed(
            RecordComponent component, Kind kind, TensorSpec spec, String source, String role, boolean goesIn) {
        Binding binding = component.getAnnotation(Binding.class);
        int[] wanted = binding == null ? new int[0] : binding.shape();
        var asked = new TensorSpec(spec.name(), kind.element(), wanted.length == 0 ? spec.shape() : wanted);
        boolean fits = goesIn ? Shapes.allows(spec.shape(), asked.shape()) : overlap(spec.shape(), asked.shape());
        if (kind.element() != spec.element() || !fits) {
            throw refusal(
                    source,
                    "has the " + role + " " + spec + ", but "
                            + component.getDeclaringRecord().getSimpleName() + " needs " + asked);
        }
        int[] shape = narrowed(spec.shape(), asked.shape());
        if (goesIn && Shapes.fixed(shape) && Shapes.size(shape) > MOST_VALUES) {
            throw refusal(source, "has the input " + spec + ", which is larger than any picture");
        }
        if (goesIn
                && kind.array()
                && Arrays.stream(shape).filter(n -> n == TensorSpec.ANY).count() > 1) {
            throw new IllegalArgumentException(component + " must be a Tensor or have a Binding with a shape, because "
                    + spec + " leaves more than one dimension open");
        }
        return new TensorSpec(spec.name(), spec.element(), shape);
    }

    private static boolean overlap(int[] a, int[] b) {
        return a.length == b.length && Shapes.allows(narrowed(a, b), narrowed(b, a));
    }

    private static int[] narrowed(int[] shape, int[] by) {
        var narrowed = shape.clone();
        Arrays.setAll(narrowed, i -> narrowed[i] == TensorSpec.ANY ? by[i] : narrowed[i]);
        return narrowed;
    }

    private static int position(List<Port> ports, TensorSpec spec, Class<?> type, String source) {
        for (int i = 0; i < ports.size(); i++) {
            if (ports.get(i).spec.name().equals(spec.name())) {
                return i;
            }
        }
        throw refusal(source, "needs the input " + spec + ", which " + type.getSimpleName() + " does not have");
    }

    private static BadInput refusal(String source, String problem) {
        return new BadInput(source, problem, "use the weights that belong to this version of Fovea");
    }

    private static String listed(List<TensorSpec> specs) {
        return specs.stream().limit(12).map(TensorSpec::toString).collect(Collectors.joining(", "));
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(java.util.Locale.ROOT);
    }

    private static Object read(Method accessor, Record record) {
        try {
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <R extends Record> Constructor<R> constructor(Class<R> type) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " has no canonical constructor", e);
        }
    }
}
