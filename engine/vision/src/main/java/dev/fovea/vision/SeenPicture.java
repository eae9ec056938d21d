package dev.fovea.vision;

import dev.fovea.image.Box;
import dev.fovea.image.Point2;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What was seen in a picture, as its JSON has it: pixels of the upright picture, left and right as in it.
 *
 * @param file what the picture is called
 * @param width pixels per row
 * @param height rows
 * @param faces largest first
 */
public record SeenPicture(String file, int width, int height, List<SeenFace> faces) {
    /**
     * A face.
     *
     * @param id its number: 0 for the largest; in a video the same in every frame
     * @param box left, top, width, height
     * @param score how sure the eye is
     * @param points5 left eye, right eye, tip of the nose, left and right corner of the mouth
     * @param mesh x, y, z of 478 points
     * @param pose degrees
     * @param irises the centres, left and right
     * @param gaze degrees
     * @param eyes how far they are open, left and right
     * @param mouth how far it is open
     * @param quality marks from 0 to 1
     * @param embedding numbers of unit length that tell people apart, if they were asked for
     * @param embeddingQuality how far those can be trusted, 0 to 1
     */
    public record SeenFace(
            int id,
            List<Double> box,
            double score,
            List<List<Double>> points5,
            List<List<Double>> mesh,
            HeadPose pose,
            List<List<Double>> irises,
            Gaze gaze,
            List<EyeState> eyes,
            double mouth,
            Quality quality,
            Optional<List<Double>> embedding,
            Optional<Double> embeddingQuality) {
        static SeenFace of(Face face, Optional<Embedding> embedding) {
            HeadPose pose = face.pose();
            Quality quality = face.quality();
            return new SeenFace(
                    face.id(),
                    box(face.box()),
                    rounded(face.score(), 1000),
                    face.points5().stream().map(SeenPicture::point).toList(),
                    mesh(face.mesh()),
                    new HeadPose(rounded(pose.yaw(), 100), rounded(pose.pitch(), 100), rounded(pose.roll(), 100)),
                    List.of(
                            point(face.irises().left().centre()),
                            point(face.irises().right().centre())),
                    new Gaze(
                            rounded(face.gaze().yaw(), 100), rounded(face.gaze().pitch(), 100)),
                    List.of(eye(face.eyes().left()), eye(face.eyes().right())),
                    rounded(face.mouth(), 10_000),
                    new Quality(
                            rounded(quality.size(), 1000),
                            rounded(quality.blur(), 1000),
                            rounded(quality.light(), 1000),
                            rounded(quality.pose(), 1000)),
                    embedding.map(SeenFace::numbers),
                    embedding.map(e -> rounded(e.quality(), 1000)));
        }

        private static List<Double> numbers(Embedding embedding) {
            float[] values = embedding.values();
            return IntStream.range(0, values.length)
                    .mapToObj(i -> rounded(values[i], 100_000))
                    .toList();
        }

        private static EyeState eye(EyeState e) {
            return new EyeState(rounded(e.open(), 1000), rounded(e.confidence(), 1000));
        }

        private static List<Double> box(Box b) {
            return List.of(rounded(b.x(), 100), rounded(b.y(), 100), rounded(b.width(), 100), rounded(b.height(), 100));
        }

        private static List<List<Double>> mesh(Landmarks mesh) {
            return IntStream.range(0, Landmarks.COUNT)
                    .mapToObj(i -> List.of(rounded(mesh.x(i), 100), rounded(mesh.y(i), 100), rounded(mesh.z(i), 100)))
                    .toList();
        }
    }

    /** What a scene shows; with numbers for its faces if they are wanted. */
    public static SeenPicture of(String file, Scene scene, Optional<Embeddings> wanted) {
        List<Face> faces = scene.faces();
        Optional<List<Embedding>> numbers = wanted.map(scene::see);
        return new SeenPicture(
                file,
                scene.width(),
                scene.height(),
                IntStream.range(0, faces.size())
                        .mapToObj(i -> SeenFace.of(faces.get(i), numbers.map(n -> n.get(i))))
                        .toList());
    }

    /** For people. */
    public String sentence() {
        return switch (faces.size()) {
            case 0 -> file + ": no face";
            case 1 -> file + ": a face";
            default -> file + ": " + faces.size() + " faces";
        };
    }

    private static List<Double> point(Point2 p) {
        return List.of(rounded(p.x(), 100), rounded(p.y(), 100));
    }

    private static double rounded(double v, int parts) {
        return (double) Math.round(v * parts) / parts;
    }
}
