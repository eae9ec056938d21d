package dev.fovea.bench;

import dev.fovea.Work;
import dev.fovea.bench.EyeFigure.Peer;
import dev.fovea.image.Affine2;
import dev.fovea.image.Box;
import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.Image;
import dev.fovea.image.Luma;
import dev.fovea.image.Point2;
import dev.fovea.image.Warp;
import dev.fovea.vision.Detection;
import dev.fovea.vision.Eye;
import dev.fovea.vision.FaceDetector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * How well faces are found: the main faces of the LFW fold, also turned and in bad light; crops that show none; scenes of many. The main face
 * is YuNet's nearest to the middle, where LFW puts the person it names, or LFW's own square where YuNet finds none.
 */
final class FaceFinderBench {
    private static final String TASK = "face-detector";
    private static final Box LFW_SQUARE = new Box(69, 69, 112, 112);
    private static final double FOUND = 0.5;
    private static final int SCENES = 100;
    /** A detection counts neither for nor against its finder if it shares between this and {@link #FOUND} with a face. */
    private static final double UNCLEAR = 0.3;

    /** The detector alone, all levels, with every answer that could matter for a curve. */
    private static final FaceDetector EVERY = new FaceDetector(160, 2560, 0.25, 0.05);

    /** Someone who finds faces, with the least score that counts. */
    private record Finder(String name, double sure, LookAt look) {
        List<Detection> sure(Image picture) {
            return look.at(picture).stream().filter(d -> d.score() >= sure).toList();
        }
    }

    /** Everything that might be a face. */
    private interface LookAt {
        List<Detection> at(Image picture);
    }

    /** What is done to a picture. */
    private record Condition(String name, double degrees, UnaryOperator<Image> change, double target) {}

    private final Path data;
    private final YuNet yunet;
    private final Finder eye;
    private final List<Finder> all;

    FaceFinderBench(Path data, Eye eye, YuNet yunet, UltraLight ultraLight) {
        this.data = data;
        this.yunet = yunet;
        this.eye = new Finder("Fovea", 0.5, p -> eye.look(p).see(EVERY));
        this.all = List.of(
                this.eye,
                new Finder("YuNet", YuNet.SURE, p -> yunet.look(p, 0.05, 0)),
                new Finder("ultra-light", UltraLight.SURE, p -> ultraLight.look(p, 0.05)));
    }

    List<EyeFigure> figures(Eye whole) {
        var figures = new ArrayList<EyeFigure>();
        List<PastedScene.Portrait> fold = fold();
        double plain = 0;
        for (Condition condition : conditions()) {
            double[] found = found(fold, condition);
            plain = condition.name.isEmpty() ? found[0] : plain;
            // In bad light at most one point less than in good light.
            double target = Double.isNaN(condition.target) ? plain - 1 : condition.target;
            figures.add(EyeFigure.higher(
                    TASK,
                    "main faces found" + condition.name,
                    "LFW fold, " + fold.size() + " pictures",
                    found[0],
                    "%",
                    target,
                    new Peer("YuNet", found[1]),
                    new Peer("ultra-light", found[2])));
        }
        List<Image> free = faceFree();
        figures.add(none(free));
        figures.add(noneSeen(free, whole));
        figures.addAll(scenes(free, fold));
        return figures;
    }

    private List<PastedScene.Portrait> fold() {
        Path lfw = data.resolve("face/lfw");
        List<String> names = lines(lfw.resolve("pairs.csv"))
                .skip(1)
                .flatMap(row -> Arrays.stream(row.split(",")).limit(2))
                .distinct()
                .sorted()
                .toList();
        var portraits = new ArrayList<PastedScene.Portrait>();
        for (String name : names) {
            Image image = Image.read(lfw.resolve("images").resolve(name));
            var middle = new Point2((image.width() - 1) / 2.0, (image.height() - 1) / 2.0);
            Box face = Detections.nearest(yunet.look(image, YuNet.SURE, 0), middle)
                    .map(Detection::box)
                    .orElse(LFW_SQUARE);
            portraits.add(new PastedScene.Portrait(image, face));
        }
        return portraits;
    }

    private static List<Condition> conditions() {
        UnaryOperator<Image> plain = image -> image;
        return List.of(
                new Condition("", 0, plain, 99),
                new Condition(", turned +45 degrees", 45, plain, 95),
                new Condition(", turned -45 degrees", -45, plain, 95),
                new Condition(", grey", 0, image -> new Luma().apply(image), Double.NaN),
                new Condition(", gamma 2.5", 0, image -> mapped(image, v -> (float) Math.pow(v, 2.5)), Double.NaN),
                new Condition(", noise of 25 levels", 0, FaceFinderBench::noisy, Double.NaN));
    }

    /** A change of one value. */
    private interface Curve {
        float at(float v);
    }

    private static Image mapped(Image image, Curve curve) {
        var planes = new float[image.colour().planes()][image.width() * image.height()];
        for (int c = 0; c < planes.length; c++) {
            for (int i = 0; i < planes[c].length; i++) {
                planes[c][i] = curve.at(image.plane(c)[i]);
            }
        }
        return Image.of(image.width(), image.height(), image.colour(), planes);
    }

    private static Image noisy(Image image) {
        var random = new Random(image.width() + Float.floatToIntBits(image.plane(0)[1000]));
        return mapped(image, v -> (float) Math.clamp(v + 25 / 255.0 * random.nextGaussian(), 0, 1));
    }

    /** The share that each finder finds, in percent. */
    private double[] found(List<PastedScene.Portrait> fold, Condition condition) {
        var hits = new int[all.size()][fold.size()];
        Work.rows(fold.size(), 8, (from, to) -> {
            for (int i = from; i < to; i++) {
                PastedScene.Portrait p = fold.get(i);
                var middle =
                        new Point2((p.image().width() - 1) / 2.0, (p.image().height() - 1) / 2.0);
                Affine2 turn = Affine2.rotation(Math.toRadians(condition.degrees), middle);
                Image turned = condition.degrees == 0 ? p.image() : Warp.of(p.image(), turn.inverse());
                Image changed = condition.change.apply(turned);
                Box truth = Detections.moved(p.face(), turn);
                for (int f = 0; f < all.size(); f++) {
                    boolean hit = all.get(f).sure(changed).stream()
                            .anyMatch(d -> d.box().overlap(truth) >= FOUND);
                    hits[f][i] = hit ? 1 : 0;
                }
            }
        });
        return Arrays.stream(hits)
                .mapToDouble(h -> 100.0 * Arrays.stream(h).sum() / h.length)
                .toArray();
    }

    private EyeFigure none(List<Image> free) {
        int[] wrong = all.stream()
                .mapToInt(f -> free.stream().mapToInt(p -> f.sure(p).size()).sum())
                .toArray();
        return EyeFigure.lower(
                TASK,
                "false faces",
                free.size() + " face-free crops",
                wrong[0],
                "",
                1,
                new Peer("YuNet", wrong[1]),
                new Peer("ultra-light", wrong[2]));
    }

    private static EyeFigure noneSeen(List<Image> free, Eye whole) {
        int wrong = free.stream().mapToInt(p -> whole.look(p).faces().size()).sum();
        return EyeFigure.lower(
                TASK, "false faces, mesh asked", free.size() + " face-free crops", wrong, "", Double.NaN);
    }

    private List<Image> faceFree() {
        var crops = new ArrayList<Image>();
        try (var in = Objects.requireNonNull(FaceFinderBench.class.getResourceAsStream("face-free.txt"))) {
            for (String line : new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .toList()) {
                String[] words = line.split(" ");
                int[] n =
                        Arrays.stream(words).skip(1).mapToInt(Integer::parseInt).toArray();
                Path file = data.resolve(words[0]);
                if (Files.isRegularFile(file)) {
                    crops.add(new Crop(n[0], n[1], n[2], n[3])
                            .apply(Image.read(file).to(Colour.SRGB)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return crops;
    }

    /** An answer about a scene: how sure, and whether it is a face. */
    private record Answer(double score, boolean right) {}

    private List<EyeFigure> scenes(List<Image> free, List<PastedScene.Portrait> fold) {
        var random = new Random(99);
        var answers = new ArrayList<List<Answer>>();
        all.forEach(f -> answers.add(new ArrayList<>()));
        int faces = 0;
        for (int i = 0; i < SCENES; i++) {
            PastedScene scene = PastedScene.of(free, fold, random);
            faces += scene.faces().size();
            for (int f = 0; f < all.size(); f++) {
                answers.get(f).addAll(answers(all.get(f).look.at(scene.image()), scene.faces()));
            }
        }
        double precision = precision(answers.get(1), YuNet.SURE);
        double theirs = recall(answers.get(1), faces, precision);
        double ours = recall(answers.get(0), faces, precision);
        String data = SCENES + " pasted scenes, " + faces + " faces";
        return List.of(
                EyeFigure.higher(
                        TASK,
                        "recall at YuNet's precision",
                        data,
                        100 * ours,
                        "%",
                        95 * theirs,
                        new Peer("YuNet", 100 * theirs),
                        new Peer("ultra-light", 100 * recall(answers.get(2), faces, precision))),
                EyeFigure.higher(
                        TASK,
                        "precision",
                        data,
                        100 * precision(answers.get(0), eye.sure),
                        "%",
                        Double.NaN,
                        new Peer("YuNet", 100 * precision),
                        new Peer("ultra-light", 100 * precision(answers.get(2), UltraLight.SURE))));
    }

    private static List<Answer> answers(List<Detection> found, List<Box> truth) {
        var open = new ArrayList<>(truth);
        var answers = new ArrayList<Answer>();
        for (Detection d : found) {
            Box best = open.stream()
                    .max(Comparator.comparingDouble(d.box()::overlap))
                    .orElse(new Box(0, 0, 0, 0));
            if (d.box().overlap(best) >= FOUND) {
                open.remove(best);
                answers.add(new Answer(d.score(), true));
            } else if (truth.stream().noneMatch(t -> t.overlap(d.box()) >= UNCLEAR)) {
                answers.add(new Answer(d.score(), false));
            }
        }
        return answers;
    }

    private static double precision(List<Answer> answers, double sure) {
        List<Answer> said = answers.stream().filter(a -> a.score >= sure).toList();
        return said.stream().filter(Answer::right).count() / Math.max(1.0, said.size());
    }

    /** The largest share of faces that can be had with a precision. */
    private static double recall(List<Answer> answers, int faces, double precision) {
        int right = 0;
        int said = 0;
        double best = 0;
        for (Answer a : answers.stream()
                .sorted(Comparator.comparingDouble(Answer::score).reversed())
                .toList()) {
            said++;
            right += a.right ? 1 : 0;
            if ((double) right / said >= precision) {
                best = (double) right / faces;
            }
        }
        return best;
    }

    static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
