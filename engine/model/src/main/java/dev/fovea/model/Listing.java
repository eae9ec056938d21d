package dev.fovea.model;

import java.util.List;

/**
 * A network of the public tier, as the catalogue lists it.
 *
 * @param name what Fovea calls it
 * @param task what it is for
 * @param summary one sentence
 * @param licence SPDX identifier
 * @param path where it is below the owner's address
 * @param bytes its size
 * @param sha256 of the file, in lower-case hexadecimal
 * @param range what black and white are among the values that its pictures have
 */
public record Listing(
        String name,
        String task,
        String summary,
        String licence,
        String path,
        long bytes,
        String sha256,
        List<Double> range) {
    /** Copies the list. */
    public Listing {
        range = List.copyOf(range);
    }

    /** The file's name in the folder of public models: its owner's. */
    public String file() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
