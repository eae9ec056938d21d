package dev.fovea.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A picture's size as people write it: {@code 640x480}. */
record Size(int width, int height) {
    /** Reads one from a word of the command line. */
    static final class Reader implements ITypeConverter<Size> {
        @Override
        public Size convert(String word) {
            if (!word.matches("[1-9][0-9]{0,4}[xX][1-9][0-9]{0,4}")) {
                throw new TypeConversionException("'" + word + "' is no size (as in 640x480)");
            }
            String[] sides = word.split("[xX]", 2);
            return new Size(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
        }
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
