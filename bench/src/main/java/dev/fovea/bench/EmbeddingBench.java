package dev.fovea.bench;

import dev.fovea.Work;
import dev.fovea.bench.EyeFigure.Peer;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.model.Binding;
import dev.fovea.model.Model;
import dev.fovea.model.ModelStore;
import dev.fovea.model.Net;
import dev.fovea.vision.Embedding;
import dev.fovea.vision.Embeddings;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Face;
import dev.fovea.vision.Scene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How well faces are told apart: the fold of Labeled Faces in the Wild, two people under 64 lamps, what the quality is worth, and time;
 * beside local binary patterns of the same aligned faces, and SFace where the store has it.
 */
final class EmbeddingBench {
    static final String TASK = "face-embedding";
    private static final int SIDE = 112;
    private static final double SFACE_PUBLISHED = 99.40;

    /** What the bundled network takes. */
    record In(@Binding(shape = {1, 3, SIDE, SIDE}) float[] image) {}

    /** What it gives. */
    record Out(float[] embedding, float[] quality) {}

    private final Path data;
    private final Eye eye;

    EmbeddingBench(Path data, Eye eye) {
        this.data = data;
        this.eye = eye;
    }

    /** A face as all contestants see it. */
    private record Known(Optional<Embedding> ours, Optional<Embedding> sface, float[] patterns) {}

    /** Two pictures, and whether they show one person. */
    private record Pair(String first, String second, boolean same) {}

    void figures(Consumer<EyeFigure> found) {
        wild(found);
        lamps(found);
    }

    private void wild(Consumer<EyeFigure> found) {
        List<Pair> pairs = FaceFinderBench.lines(data.resolve("face/lfw/pairs.csv"))
                .skip(1)
                .map(row -> row.split(","))
                .map(row -> new Pair(row[0], row[1], row[2].equals("1")))
                .toList();
        Map<String, Known> known = known(pairs);
        boolean measured = known.values().stream().anyMatch(k -> k.sface.isPresent());
        Verification ours = verification(pairs, known, (a, b) -> similarity(a.ours, b.ours));
        Verification patterns = verification(pairs, known, (a, b) -> BinaryPatterns.similarity(a.patterns, b.patterns));
        Verification sface = verification(pairs, known, (a, b) -> similarity(a.sface, b.sface));
        String on = "LFW fold, " + pairs.size() + " pairs";
        var peers = new ArrayList<Peer>(List.of(new Peer("LBP", 100 * patterns.accuracy())));
        peers.add(
                measured
                        ? new Peer("SFace, measured", 100 * sface.accuracy())
                        : new Peer("SFace, published, all of LFW", SFACE_PUBLISHED));
        found.accept(EyeFigure.higher(
                TASK, "accuracy, LFW", on, 100 * ours.accuracy(), "%", 88, peers.toArray(Peer[]::new)));
        found.accept(EyeFigure.higher(
                TASK,
                "area under the curve, LFW",
                on,
                100 * ours.below(),
                "%",
                Double.NaN,
                new Peer("LBP", 100 * patterns.below())));
        found.accept(EyeFigure.higher(
                TASK,
                "accepted at 1 % false accepts, LFW",
                on,
                100 * ours.above99(),
                "%",
                Double.NaN,
                new Peer("LBP", 100 * patterns.above99())));
        found.accept(EyeFigure.higher(TASK, "threshold of most right answers", on, ours.threshold(), "", Double.NaN));
        double[] worst = pairs.stream()
                .mapToDouble(p -> Math.min(quality(known, p.first), quality(known, p.second)))
                .toArray();
        found.accept(EyeFigure.higher(
                TASK,
                "accuracy without the worst fifth",
                on + " by quality",
                100 * ours.without(0.2, worst).accuracy(),
                "%",
                100 * ours.accuracy(),
                new Peer("all pairs", 100 * ours.accuracy())));
        found.accept(EyeFigure.lower(
                TASK,
                "pictures without a face",
                known.size() + " pictures of the fold",
                known.values().stream().filter(k -> k.ours.isEmpty()).count(),
                "",
                Double.NaN));
    }

    private static double quality(Map<String, Known> known, String file) {
        return known.getOrDefault(file, new Known(Optional.empty(), Optional.empty(), new float[0]))
                .ours
                .map(Embedding::quality)
                .orElse(0.0);
    }

    /** A picture in which no face is found is like no other: its pairs count as of two people. */
    private static double similarity(Optional<Embedding> a, Optional<Embedding> b) {
        return a.isPresent() && b.isPresent() ? a.get().similarity(b.get()) : -1;
    }

    /** How alike two faces are. */
    private interface Likeness {
        double of(Known a, Known b);
    }

    private static Verification verification(List<Pair> pairs, Map<String, Known> known, Likeness likeness) {
        var scores = new double[pairs.size()];
        var same = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            Pair pair = pairs.get(i);
            scores[i] = likeness.of(of(known, pair.first), of(known, pair.second));
            same[i] = pair.same;
        }
        return new Verification(scores, same);
    }

    private static Known of(Map<String, Known> known, String file) {
        return Optional.ofNullable(known.get(file)).orElseThrow();
    }

    private Map<String, Known> known(List<Pair> pairs) {
        List<String> files = pairs.stream()
                .flatMap(p -> Stream.of(p.first, p.second))
                .distinct()
                .toList();
        Optional<String> sface = ModelStore.standard().models(TASK).stream()
                .map(Model::name)
                .filter(name -> name.equals("sface"))
                .findFirst();
        var seen = new Known[files.size()];
        Work.rows(files.size(), 4, (from, to) -> {
            for (int i = from; i < to; i++) {
                seen[i] = known(Image.read(data.resolve("face/lfw/images").resolve(files.get(i))), sface);
            }
        });
        var known = new HashMap<String, Known>();
        IntStream.range(0, seen.length).forEach(i -> known.put(files.get(i), seen[i]));
        return known;
    }

    /** The face that is nearest to the middle is the one whose name the picture bears. */
    private Known known(Image picture, Optional<String> sface) {
        Scene scene = eye.look(picture);
        List<Face> faces = scene.faces();
        return IntStream.range(0, faces.size())
                .boxed()
                .min(Comparator.comparingDouble(i -> Math.hypot(
                        faces.get(i).box().centre().x() - picture.width() / 2.0,
                        faces.get(i).box().centre().y() - picture.height() / 2.0)))
                .map(i -> new Known(
                        Optional.of(scene.see(new Embeddings()).get(i)),
                        sface.map(name -> scene.see(new Embeddings(name)).get(i)),
                        BinaryPatterns.of(scene.aligned(faces.get(i), SIDE))))
                .orElseGet(() -> new Known(
                        Optional.empty(),
                        Optional.empty(),
                        BinaryPatterns.of(Image.of(SIDE, SIDE, Colour.GREY, new float[SIDE * SIDE]))));
    }

    /**
     * The pictures of a person under all lamps are registered: the head rests. So the face of the lamp in front is cut out of all of them,
     * also of those that are too dark for any detector.
     */
    private void lamps(Consumer<EyeFigure> found) {
        var ours = new ArrayList<List<float[]>>();
        var patterns = new ArrayList<List<float[]>>();
        try (Net<In, Out> net = ModelStore.standard().open(TASK, In.class, Out.class)) {
            for (String person : List.of("yaleB01", "yaleB02")) {
                List<Path> files = pictures(data.resolve("face/light").resolve(person));
                Face face = eye.look(Image.read(front(files))).faces().getFirst();
                List<Image> aligned = files.stream()
                        .map(f -> eye.look(Image.read(f)).aligned(face, SIDE))
                        .toList();
                ours.add(aligned.stream()
                        .map(a -> net.apply(new In(planes(a))).embedding)
                        .toList());
                patterns.add(aligned.stream().map(BinaryPatterns::of).toList());
            }
        }
        Verification light = all(ours);
        Verification plain = all(patterns);
        String on = "two people, 64 lamps, all pairs";
        found.accept(EyeFigure.higher(
                TASK,
                "others below, mean over pairs",
                on,
                100 * light.below(),
                "%",
                99,
                new Peer("LBP", 100 * plain.below())));
        found.accept(EyeFigure.higher(
                TASK,
                "pairs above 99 % of others",
                on,
                100 * light.above99(),
                "%",
                100,
                new Peer("LBP", 100 * plain.above99())));
    }

    private static Path front(List<Path> files) {
        return files.stream()
                .filter(f -> f.toString().endsWith("A+000E+00.png"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> pictures(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".png")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Verification all(List<List<float[]>> people) {
        List<float[]> all = people.stream().flatMap(List::stream).toList();
        int first = people.getFirst().size();
        var scores = new ArrayList<Double>();
        var same = new ArrayList<Boolean>();
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < i; j++) {
                scores.add(BinaryPatterns.similarity(all.get(i), all.get(j)));
                same.add(i < first == j < first);
            }
        }
        var flags = new boolean[same.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = same.get(i);
        }
        return new Verification(scores.stream().mapToDouble(s -> s).toArray(), flags);
    }

    private static float[] planes(Image face) {
        Image rgb = face.to(Colour.SRGB);
        var planes = new float[3 * SIDE * SIDE];
        for (int c = 0; c < 3; c++) {
            System.arraycopy(rgb.plane(c), 0, planes, c * SIDE * SIDE, SIDE * SIDE);
        }
        return planes;
    }

    /** On one core: the network alone, and a face of a picture that is cut out, too. */
    static List<EyeSpeed.Time> times(Image portrait, Eye eye) {
        return Work.threads(1, () -> {
            Face face = eye.look(portrait).faces().getFirst();
            Scene scene = eye.look(portrait);
            try (Net<In, Out> net = ModelStore.standard().open(TASK, In.class, Out.class)) {
                var pixels = new In(planes(scene.aligned(face, SIDE)));
                return List.of(
                        new EyeSpeed.Time(TASK, "embedding", "112x112", EyeSpeed.median(() -> net.apply(pixels)), 10),
                        new EyeSpeed.Time(
                                "",
                                "embedding, the face cut out",
                                "640x480",
                                EyeSpeed.median(() -> net.apply(new In(planes(scene.aligned(face, SIDE))))),
                                Double.NaN));
            }
        });
    }
}
