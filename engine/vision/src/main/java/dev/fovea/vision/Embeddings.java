package dev.fovea.vision;

import dev.fovea.Work;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The faces of a scene as numbers that can be compared, in the order of {@link Scene#faces}.
 *
 * {@snippet :
 * Embedding a = eye.look(one).see(new Embeddings()).getFirst();
 * Embedding b = eye.look(other).see(new Embeddings()).getFirst();
 * if (Math.min(a.quality(), b.quality()) > Embedding.WORTH) {
 *     System.out.println(a.similarity(b));
 * }
 * }
 *
 * @param network the name of the network, as in {@code sface} of the public tier; empty for the best that is here
 */
public record Embeddings(String network) implements Sight<List<Embedding>> {
    /** With the best network that is here. */
    public Embeddings() {
        this("");
    }

    /**
     * Looks.
     *
     * @throws dev.fovea.BadInput if the network is not here, saying how to get it, or is none for faces
     */
    @Override
    public List<Embedding> look(Scene scene, Nets nets) {
        var embedder = FaceEmbedder.of(nets, network);
        List<Face> faces = scene.faces();
        var found = new Embedding[faces.size()];
        Work.rows(found.length, 1, (from, to) -> {
            for (int i = from; i < to; i++) {
                found[i] = embedder.look(scene, faces.get(i));
            }
        });
        return IntStream.range(0, found.length)
                .mapToObj(i -> Objects.requireNonNull(found[i]))
                .toList();
    }
}
