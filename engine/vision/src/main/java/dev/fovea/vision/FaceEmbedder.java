package dev.fovea.vision;

import dev.fovea.Stage;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.model.Binding;
import java.util.Set;

/**
 * Turns aligned faces into numbers: with the bundled network ({@code training/face-embedding}), which tells the quality itself, or with
 * SFace of the public tier (Zhong et al., SFace: Sigmoid-constrained hypersphere loss, 2021), for which the face's marks stand in.
 */
sealed interface FaceEmbedder {
    String TASK = "face-embedding";
    int SIZE = 112;

    /** Networks with the tensors of SFace. */
    Set<String> SFACE = Set.of("sface", "sface-int8");

    /** What the network says about a face. */
    Embedding look(Scene scene, Face face);

    /** The network of a name, or the best that is here if that is empty. */
    static FaceEmbedder of(Nets nets, String name) {
        String chosen = name.isEmpty() ? nets.best(TASK) : name;
        if (SFACE.contains(chosen)) {
            return new SFace(chosen, nets.named(chosen, SFace.In.class, SFace.Out.class));
        }
        return new Own(
                chosen,
                name.isEmpty()
                        ? nets.of(TASK, Own.In.class, Own.Out.class)
                        : nets.named(name, Own.In.class, Own.Out.class));
    }

    /**
     * The bundled network, or another with its tensors.
     *
     * @param name what it is called
     * @param net the network
     */
    record Own(String name, Stage<In, Out> net) implements FaceEmbedder {
        /**
         * What goes in.
         *
         * @param image RGB 0..1, planes
         */
        record In(@Binding(shape = {1, 3, SIZE, SIZE}) float[] image) {}

        /**
         * What comes out.
         *
         * @param embedding of unit length
         * @param quality 0..1
         */
        record Out(float[] embedding, float[] quality) {}

        @Override
        public Embedding look(Scene scene, Face face) {
            Out out = net.apply(new In(planes(scene.aligned(face, SIZE), 1)));
            return Embedding.of(out.embedding, out.quality[0] * enough(face), name);
        }
    }

    /**
     * SFace, as OpenCV's FaceRecognizerSF feeds it.
     *
     * @param name what it is called
     * @param net the network
     */
    record SFace(String name, Stage<In, Out> net) implements FaceEmbedder {
        /**
         * What goes in.
         *
         * @param data RGB 0..255, planes
         */
        record In(@Binding(shape = {1, 3, SIZE, SIZE}) float[] data) {}

        /**
         * What comes out.
         *
         * @param fc1 of any length
         */
        record Out(@Binding(shape = {1, 128}) float[] fc1) {}

        @Override
        public Embedding look(Scene scene, Face face) {
            Out out = net.apply(new In(planes(scene.aligned(face, SIZE), 255)));
            return Embedding.of(out.fc1, face.quality().overall() * enough(face), name);
        }
    }

    /** A face whose eyes are 8 pixels apart shows nobody, one of 20 enough: a network that sees it enlarged cannot know. */
    static double enough(Face face) {
        double apart = face.points5().get(0).distance(face.points5().get(1));
        return Math.clamp((apart - 8) / 12, 0, 1);
    }

    private static float[] planes(Image face, float white) {
        Image rgb = face.to(Colour.SRGB);
        int n = SIZE * SIZE;
        var planes = new float[3 * n];
        for (int c = 0; c < 3; c++) {
            float[] plane = rgb.plane(c);
            for (int i = 0; i < n; i++) {
                planes[c * n + i] = white * Math.clamp(plane[i], 0, 1);
            }
        }
        return planes;
    }
}
