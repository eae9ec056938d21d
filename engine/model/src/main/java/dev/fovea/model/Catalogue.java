package dev.fovea.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The networks of the public tier: open licences, their owner's address, exact bytes. For each task the best comes first.
 *
 * @param owner whose they are
 * @param address what their paths are appended to
 * @param licences where the licences can be read: {@code %s} stands for a listing's folder
 * @param listings the networks
 */
public record Catalogue(String owner, String address, String licences, List<Listing> listings) {
    private static final String RESOURCE = "catalogue.json";

    /** Copies the list. */
    public Catalogue {
        listings = List.copyOf(listings);
    }

    /** The catalogue of this version of Fovea. */
    public static Catalogue standard() {
        try (InputStream in = Objects.requireNonNull(Catalogue.class.getResourceAsStream(RESOURCE))) {
            return parse(RESOURCE, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The network of a name. */
    public Optional<Listing> named(String name) {
        return listings.stream().filter(l -> l.name().equals(name)).findFirst();
    }

    /** Where the text of a network's licence can be read. */
    public String licence(Listing listing) {
        return licences.formatted(listing.path().substring(0, listing.path().lastIndexOf('/')));
    }

    static Catalogue parse(String source, byte[] text) {
        Json json = Json.parse(source, text);
        return new Catalogue(
                json.text("owner"),
                json.text("address", "https://.*/", "must be an address that ends with a slash"),
                json.text("licences"),
                json.objects("models", Catalogue::listing));
    }

    private static Listing listing(Json json) {
        return new Listing(
                json.text("name"),
                json.text("task"),
                json.text("summary"),
                json.text("licence"),
                json.text("path", "[A-Za-z0-9_]+/[A-Za-z0-9_.-]+[.]onnx", "must be a folder and a file"),
                json.whole("bytes", 1, Model.MOST_BYTES),
                json.text("sha256", "[0-9a-f]{64}", "must be 64 hexadecimal digits in lower case"),
                json.numbers("range"));
    }
}
