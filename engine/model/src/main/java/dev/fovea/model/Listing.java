package dev.fovea.model;

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
 */
public record Listing(
        String name, String task, String summary, String licence, String path, long bytes, String sha256) {
    /** The file's name in the folder of public models: its owner's. */
    public String file() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
