package dev.fovea.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Cards and folders of models, for tests. */
final class Cards {
    static final ModelCard.Figure ACCURACY =
            new ModelCard.Figure("accuracy", "held-out", 0.9, "", ModelCard.Better.HIGHER, "./fovea bench guess");
    static final ModelCard.Speed SPEED = new ModelCard.Speed("4", 0.5, "a processor", "./fovea bench guess");

    private Cards() {}

    /** A complete card of some weights, whose network takes x and gives y. */
    static ModelCard card(String task, String name, byte[] weights) {
        return new ModelCard(
                task,
                name,
                "Guesses.",
                List.of(new ModelCard.Port("x", List.of(1, -1), List.of(0.0, 1.0), "Anything.")),
                List.of(new ModelCard.Port("y", List.of(1, 2), List.of(), "A guess.")),
                List.of(new ModelCard.Tolerance("y", 0.1, 1, "", 0)),
                List.of(new ModelCard.Data("Rendered", "Apache-2.0", "All of it.")),
                "none",
                "training/guess",
                "0123abc",
                weights.length,
                Sha256.of(weights),
                "accuracy",
                List.of(ACCURACY),
                List.of(SPEED),
                List.of("Guessing."),
                List.of("Knowing."),
                List.of("Everybody."),
                "Apache-2.0");
    }

    /** Puts a model where a jar would have it, and lists it. */
    static void bundle(Path root, ModelCard card, byte[] weights) throws IOException {
        String folder = "models/" + card.task() + "-" + card.name();
        Files.createDirectories(root.resolve(folder));
        card.write(root.resolve(folder, "card.json"));
        Files.write(root.resolve(folder, "model.onnx"), weights);
        Path index = root.resolve(ClassPath.INDEX);
        Files.createDirectories(index.getParent());
        String before = Files.exists(index) ? Files.readString(index) : "";
        Files.writeString(index, before + folder + "\n");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
