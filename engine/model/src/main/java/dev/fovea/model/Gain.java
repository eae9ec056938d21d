package dev.fovea.model;

import java.nio.file.Path;
import java.util.Locale;

/**
 * What pulling or importing did with one model.
 *
 * @param listing the model
 * @param file where it is now, or the altered file that was found
 * @param outcome what happened
 */
public record Gain(Listing listing, Path file, Outcome outcome) {
    /** What happened with a model. */
    public enum Outcome {
        /** It is new. */
        ADDED,
        /** It was here already. */
        PRESENT,
        /** A file of its name has other content; it was left where it is. */
        ALTERED;

        /** In small letters. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
