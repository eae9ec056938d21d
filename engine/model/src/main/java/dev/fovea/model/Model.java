package dev.fovea.model;

import dev.fovea.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** A network's weights and what is known of them: in a jar, pulled from its owner, or any file. Its weights are read when asked for. */
public final class Model {
    /** Weights larger than this are refused; the largest that Fovea lists has 39 MB. */
    static final long MOST_BYTES = 1L << 30;

    /** Where a model comes from. */
    public enum Tier {
        /** It ships in a jar of Fovea's. */
        BUNDLED,
        /** It was pulled from its owner's address, or imported. */
        PUBLIC,
        /** It is a file that somebody named. */
        FILE;

        /** In small letters. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads weights. */
    @FunctionalInterface
    interface Weights {
        byte[] read() throws IOException;
    }

    private final String name;
    private final String task;
    private final Tier tier;
    private final String licence;
    private final Optional<ModelCard> card;
    private final Optional<String> sha256;
    private final String source;
    private final Weights weights;
    private final Optional<Plan> plan;

    private Model(
            String name,
            String task,
            Tier tier,
            String licence,
            Optional<ModelCard> card,
            Optional<String> sha256,
            String source,
            Weights weights,
            Optional<Plan> plan) {
        this.name = name;
        this.task = task;
        this.tier = tier;
        this.licence = licence;
        this.card = card;
        this.sha256 = sha256;
        this.source = source;
        this.weights = weights;
        this.plan = plan;
    }

    /** This model, opened as a plan says. */
    Model planned(Plan how) {
        return new Model(name, task, tier, licence, card, sha256, source, weights, Optional.of(how));
    }

    static Model bundled(ModelCard card, String source, Weights weights) {
        return carded(Tier.BUNDLED, card, source, weights);
    }

    static Model pulled(Listing listing, Path file) {
        return new Model(
                listing.name(),
                listing.task(),
                Tier.PUBLIC,
                listing.licence(),
                Optional.empty(),
                Optional.of(listing.sha256()),
                file.toString(),
                () -> content(file),
                Optional.empty());
    }

    /**
     * A model outside of any store: a folder with {@code card.json} and {@code model.onnx}, or weights alone, of which nothing is known
     * but their name.
     *
     * @throws BadInput if it is not there or its card makes no sense
     */
    public static Model of(Path path) {
        if (Files.isDirectory(path)) {
            Path file = path.resolve("model.onnx");
            return carded(Tier.FILE, ModelCard.read(path.resolve("card.json")), file.toString(), () -> content(file));
        }
        if (!Files.isRegularFile(path)) {
            throw new BadInput(path.toString(), "is not there", "check the name of the model's file");
        }
        String name = String.valueOf(path.getFileName()).replaceFirst("[.]onnx$", "");
        return new Model(
                name,
                "",
                Tier.FILE,
                "",
                Optional.empty(),
                Optional.empty(),
                path.toString(),
                () -> content(path),
                Optional.empty());
    }

    private static Model carded(Tier tier, ModelCard card, String source, Weights weights) {
        return new Model(
                card.name(),
                card.task(),
                tier,
                card.licence(),
                Optional.of(card),
                Optional.of(card.sha256()),
                source,
                weights,
                Optional.empty());
    }

    private static byte[] content(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("it has more than " + (MOST_BYTES >> 20) + " MiB");
        }
        return Files.readAllBytes(file);
    }

    /** What it is called. */
    public String name() {
        return name;
    }

    /** What it is for, or empty for a file without a card. */
    public String task() {
        return task;
    }

    /** Where it comes from. */
    public Tier tier() {
        return tier;
    }

    /** The licence of the weights as an SPDX identifier, or empty for a file without a card. */
    public String licence() {
        return licence;
    }

    /** Its card, if it has one. */
    public Optional<ModelCard> card() {
        return card;
    }

    /** What says how to run it, for models of a store. */
    Optional<Plan> plan() {
        return plan;
    }

    /** What it is called in complaints: a file, or a resource in a jar. */
    public String source() {
        return source;
    }

    /**
     * The weights, compared with the hash that the card or the catalogue names.
     *
     * @throws BadInput if they are missing or altered
     */
    public byte[] weights() {
        byte[] content = read();
        String found = Sha256.of(content);
        if (sha256.isPresent() && !sha256.get().equals(found)) {
            throw new BadInput(
                    source,
                    "is altered or cut off: its SHA-256 is " + found + " instead of " + sha256.get(),
                    tier == Tier.PUBLIC ? "delete it and run ./fovea models pull " + name : "restore the file");
        }
        return content;
    }

    private byte[] read() {
        try {
            return weights.read();
        } catch (NoSuchFileException e) {
            throw new BadInput(source, "is not there", "restore the model's file", e);
        } catch (IOException e) {
            throw new BadInput(source, "cannot be read: " + e.getMessage(), "restore the model's file", e);
        }
    }

    @Override
    public String toString() {
        return name + " (" + source + ")";
    }
}
