package dev.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Exposure times as photographers write them: {@code 1/30,1/15,0.5}. */
record Exposures(List<Double> seconds) {
    /** Reads them from one word of the command line. */
    static final class Reader implements ITypeConverter<Exposures> {
        @Override
        public Exposures convert(String word) {
            var seconds = new ArrayList<Double>();
            for (String time : word.split(",", -1)) {
                seconds.add(second(time.strip()));
            }
            return new Exposures(List.copyOf(seconds));
        }

        private static double second(String time) {
            String[] parts = time.split("/", 2);
            try {
                double above = Double.parseDouble(parts[0]);
                double value = parts.length == 1 ? above : above / Double.parseDouble(parts[1]);
                if (value > 0 && Double.isFinite(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // told below, with the times that are no numbers at all
            }
            throw new TypeConversionException("'" + time + "' is no exposure time (as in 1/30,1/15,0.5)");
        }
    }
}
