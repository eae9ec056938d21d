package dev.fovea.cli;

import dev.fovea.image.Point2;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A point of a picture as people write it: {@code 1210,840}. */
record Place(double x, double y) {
    /** Reads one from a word of the command line. */
    static final class Reader implements ITypeConverter<Place> {
        private static final String NUMBER = "-?[0-9]{1,6}([.][0-9]{1,6})?";

        @Override
        public Place convert(String word) {
            if (!word.matches(NUMBER + "," + NUMBER)) {
                throw new TypeConversionException("'" + word + "' is no point (as in 1210,840)");
            }
            String[] numbers = word.split(",", 2);
            return new Place(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
        }
    }

    Point2 point() {
        return new Point2(x, y);
    }
}
