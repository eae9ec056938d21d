package dev.fovea.cli;

import dev.fovea.Json;
import dev.fovea.Knobs;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The knobs of a record as command-line flags. */
final class Flags {
    private Flags() {}

    /** Adds one flag for each knob of a record class. */
    static void add(CommandSpec command, Class<? extends Record> type) {
        for (Knobs.Named named : Knobs.of(type)) {
            command.addOption(OptionSpec.builder("--" + dashed(named.name()))
                    .type(boxed(named.type()))
                    .arity("1")
                    .paramLabel(
                            named.knob().unit().isEmpty() ? "N" : named.knob().unit())
                    .description(named.knob().help() + " " + range(named))
                    .build());
        }
    }

    /** The values that were given, by the names of their components. */
    static Map<String, Object> given(CommandSpec command, Class<? extends Record> type) {
        var given = new HashMap<String, Object>();
        for (Knobs.Named named : Knobs.of(type)) {
            Object value = command.findOption("--" + dashed(named.name())).getValue();
            if (value != null) {
                given.put(named.name(), value);
            }
        }
        return given;
    }

    private static String range(Knobs.Named named) {
        if (named.type() == boolean.class) {
            return "(normally " + (named.knob().normal() != 0) + ")";
        }
        return "(" + Json.of(named.knob().min()) + " to " + Json.of(named.knob().max()) + ", normally "
                + Json.of(named.knob().normal()) + ")";
    }

    private static Class<?> boxed(Class<?> type) {
        if (type == int.class) {
            return Integer.class;
        }
        if (type == float.class) {
            return Float.class;
        }
        return type == boolean.class ? Boolean.class : Double.class;
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }
}
