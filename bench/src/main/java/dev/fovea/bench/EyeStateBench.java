package dev.fovea.bench;

import dev.fovea.Work;
import dev.fovea.bench.EyeFigure.Peer;
import dev.fovea.image.Image;
import dev.fovea.image.Point2;
import dev.fovea.vision.Eye;
import dev.fovea.vision.EyeState;
import dev.fovea.vision.Face;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether eyes are open: against people's word on single eyes, on rendered lids whose gap is known, and what the confidence says of glasses
 * and blur. Single eyes go to the network alone, faces through a whole eye.
 */
final class EyeStateBench {
    private static final String TASK = EyeStates.TASK;
    private static final String LFW = "face/lfw/images";
    /** Every so many of its faces are asked whether their eyes are seen. */
    private static final int EVERY = 4;
    /** A step of the lids that is smaller than this is no step. */
    private static final double STEP = 0.05;
    /** By so much an answer may rise while the lids fall: noise. */
    private static final double NOISE = 0.02;
    /** The eye aspect ratio of an eye at rest is about this. */
    private static final double RATIO_AT_REST = 0.3;
    /** Eyes in a row of the sheet. */
    private static final int COLUMNS = 12;

    private final Path data;
    private final Eye eye;
    private final MediaPipeIris iris;
    private final EyeStates net;

    EyeStateBench(Path data, Eye eye, MediaPipeIris iris, EyeStates net) {
        this.data = data;
        this.eye = eye;
        this.iris = iris;
        this.net = net;
    }

    /** A picture of one eye and people's word on it. */
    private record Labelled(Image picture, boolean open) {}

    List<EyeFigure> pictures() {
        List<Labelled> eyes = labelled("test");
        double least = bestRatio(labelled("train"));
        double plain = right(eyes, EyeStateBench::same);
        var figures = new ArrayList<EyeFigure>();
        String on = "face/eyes test, " + eyes.size() + " eyes";
        figures.add(EyeFigure.higher(
                TASK, "open or closed, right", on, plain, "%", 97, iris(eyes, least, EyeStateBench::same)));
        figures.add(way(eyes, "the same in grey", least, plain, (picture, i) -> EyeCut.plain(picture)));
        figures.add(way(eyes, "the same in red alone", least, plain, (picture, i) -> EyeCut.red(picture)));
        figures.add(way(eyes, "the same at gamma 2.5", least, plain, (picture, i) -> EyeCut.dark(picture)));
        figures.add(way(eyes, "the same with noise of 20 levels", least, plain, EyeCut::noisy));
        return figures;
    }

    /** What happens to the picture of so many. */
    private interface Way {
        Image of(Image picture, int number);
    }

    private static Image same(Image picture, int number) {
        return picture;
    }

    private EyeFigure way(List<Labelled> eyes, String name, double least, double plain, Way way) {
        String on = "face/eyes test, " + eyes.size() + " eyes";
        return EyeFigure.higher(TASK, name, on, right(eyes, way), "%", plain - 2, iris(eyes, least, way));
    }

    private double right(List<Labelled> eyes, Way way) {
        List<EyeState> states = net.look(IntStream.range(0, eyes.size())
                .mapToObj(i -> EyeCut.whole(way.of(eyes.get(i).picture, i)))
                .toList());
        return share(IntStream.range(0, eyes.size())
                .mapToObj(i -> states.get(i).open() >= EyeState.HALF == eyes.get(i).open));
    }

    private Peer iris(List<Labelled> eyes, double least, Way way) {
        return new Peer(
                "MediaPipe iris",
                share(IntStream.range(0, eyes.size())
                        .mapToObj(i -> iris.ratio(way.of(eyes.get(i).picture, i)) >= least == eyes.get(i).open)));
    }

    /** The ratio that parts open eyes from closed ones best where it may be tuned. */
    private double bestRatio(List<Labelled> eyes) {
        double[] ratios = eyes.stream().mapToDouble(e -> iris.ratio(e.picture)).toArray();
        return Arrays.stream(ratios)
                .boxed()
                .max(Comparator.comparingDouble(least ->
                        share(IntStream.range(0, ratios.length).mapToObj(i -> ratios[i] >= least == eyes.get(i).open))))
                .orElseThrow();
    }

    private List<Labelled> labelled(String part) {
        return Stream.of("open", "closed")
                .flatMap(kind -> jpegs(data.resolve("face/eyes").resolve(part).resolve(kind)).stream()
                        .map(file -> new Labelled(Image.read(file), kind.equals("open"))))
                .toList();
    }

    static List<Path> jpegs(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".jpg")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the confidence says: of eyes as they are, behind drawn dark glass and from too far; of faces with and without dark glasses. */
    List<EyeFigure> doubts() {
        List<EyeCut> eyes =
                labelled("test").stream().map(e -> EyeCut.whole(e.picture)).toList();
        List<EyeState> covered =
                net.look(eyes.stream().map(EyeCut::behindDarkGlass).toList());
        List<EyeState> far = net.look(eyes.stream().map(EyeCut::blurred).toList());
        String on = "face/eyes test, " + eyes.size() + " eyes";
        var figures = new ArrayList<EyeFigure>();
        figures.add(EyeFigure.higher(TASK, "sure of clear eyes", on, sure(net.look(eyes)), "%", 95));
        figures.add(EyeFigure.lower(TASK, "sure behind drawn dark glass", on, sure(covered), "%", 5));
        figures.add(EyeFigure.lower(TASK, "sure of four pixels", on, sure(far), "%", 5));
        List<String> dark = darkGlasses();
        figures.add(faces("sure behind real dark glasses", dark.stream(), false));
        List<String> all = jpegs(data.resolve(LFW)).stream()
                .map(f -> f.getFileName().toString())
                .filter(f -> !dark.contains(f))
                .toList();
        Stream<String> some =
                IntStream.range(0, all.size()).filter(i -> i % EVERY == 0).mapToObj(all::get);
        figures.add(faces("sure of the eyes of other faces", some, true));
        return figures;
    }

    /** Pictures whose face wears dark glasses. */
    private static List<String> darkGlasses() {
        try (var in = Objects.requireNonNull(EyeStateBench.class.getResourceAsStream("dark-glasses.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EyeFigure faces(String name, Stream<String> files, boolean seen) {
        List<Path> found = files.map(data.resolve(LFW)::resolve)
                .filter(Files::isRegularFile)
                .toList();
        List<EyeState> states = found.stream()
                .flatMap(f -> eye.look(Image.read(f)).faces().stream().limit(1))
                .flatMap(f -> Stream.of(f.eyes().left(), f.eyes().right()))
                .toList();
        String on = "face/lfw, " + found.size() + " faces";
        return seen
                ? EyeFigure.higher(TASK, name, on, sure(states), "%", 95)
                : EyeFigure.lower(TASK, name, on, sure(states), "%", 10);
    }

    /** A contact sheet: eyes of the test set as they are and changed, and rendered lids as they fall. */
    void sheet(Path file, Optional<Path> lids) {
        List<Labelled> all = labelled("test");
        List<Image> open = some(all, true);
        List<Image> closed = some(all, false);
        List<Image> both = Stream.concat(
                        open.stream().limit(COLUMNS / 2), closed.stream().limit(COLUMNS / 2))
                .toList();
        List<EyeCut> cuts = both.stream().map(EyeCut::whole).toList();
        var rows = new ArrayList<EyeSheet.Row>();
        rows.add(row("open", open.stream().map(EyeCut::whole)));
        rows.add(row("closed", closed.stream().map(EyeCut::whole)));
        rows.add(row("gamma 2.5", both.stream().map(EyeCut::dark).map(EyeCut::whole)));
        rows.add(row("noise of 20 levels", both.stream().map(p -> EyeCut.whole(EyeCut.noisy(p, 1)))));
        rows.add(row("red alone", both.stream().map(EyeCut::red).map(EyeCut::whole)));
        rows.add(row("behind drawn dark glass", cuts.stream().map(EyeCut::behindDarkGlass)));
        rows.add(row("four pixels", cuts.stream().map(EyeCut::blurred)));
        lids.ifPresent(folder -> rows.addAll(falling(folder)));
        EyeSheet.write(rows, file);
    }

    private static List<Image> some(List<Labelled> eyes, boolean open) {
        List<Image> all =
                eyes.stream().filter(e -> e.open == open).map(Labelled::picture).toList();
        return IntStream.range(0, COLUMNS)
                .mapToObj(i -> all.get(i * all.size() / COLUMNS))
                .toList();
    }

    private EyeSheet.Row row(String title, Stream<EyeCut> eyes) {
        List<EyeCut> cuts = eyes.toList();
        return new EyeSheet.Row(title, cuts, net.look(cuts));
    }

    /** An eye of each of the first rendered heads, cut by the corners of its mesh. */
    private List<EyeSheet.Row> falling(Path folder) {
        List<LidTruth> all = LidTruth.read(folder.resolve("truth.json"));
        return all.stream()
                .map(LidTruth::head)
                .distinct()
                .limit(4)
                .map(head -> row(
                        "rendered lids fall",
                        all.stream()
                                .filter(t -> t.head() == head)
                                .map(t -> Image.read(folder.resolve(t.file())))
                                .flatMap(p -> face(p).map(f -> EyeCut.left(p, f)).stream())))
                .toList();
    }

    private static double sure(List<EyeState> states) {
        return share(states.stream().map(s -> s.confidence() >= 0.5));
    }

    private static double share(Stream<Boolean> answers) {
        return 100 * answers.mapToDouble(right -> right ? 1 : 0).average().orElse(Double.NaN);
    }

    /** One eye with its lids in several places: what is true and what was answered. */
    private record Blink(List<double[]> steps) {
        /** Pairs of places in which the openness falls as the lids do. */
        double[] ordered(int answer, double noise) {
            int pairs = 0;
            int right = 0;
            for (double[] a : steps) {
                for (double[] b : steps) {
                    if (a[0] - b[0] >= STEP) {
                        pairs++;
                        right += a[answer] - b[answer] > -noise ? 1 : 0;
                    }
                }
            }
            return new double[] {right, pairs};
        }
    }

    /** Rendered heads that shut their eyes. */
    List<EyeFigure> lids(Path folder) {
        List<LidTruth> pictures = LidTruth.read(folder.resolve("truth.json"));
        var seen = new ArrayList<Optional<Face>>();
        pictures.forEach(p -> seen.add(Optional.empty()));
        Work.rows(pictures.size(), 4, (from, to) -> {
            for (int i = from; i < to; i++) {
                seen.set(i, face(Image.read(folder.resolve(pictures.get(i).file()))));
            }
        });
        var blinks = new TreeMap<Integer, Blink>();
        for (int i = 0; i < pictures.size(); i++) {
            LidTruth truth = pictures.get(i);
            seen.get(i).ifPresent(f -> {
                add(
                        blinks,
                        2 * truth.head(),
                        truth.left(),
                        f.eyes().left(),
                        f.eyeRatios().left());
                add(
                        blinks,
                        2 * truth.head() + 1,
                        truth.right(),
                        f.eyes().right(),
                        f.eyeRatios().right());
            });
        }
        return lids(List.copyOf(blinks.values()));
    }

    private Optional<Face> face(Image picture) {
        var middle = new Point2(picture.width() / 2.0, picture.height() / 2.0);
        return eye.look(picture).faces().stream()
                .min(Comparator.comparingDouble(f -> f.box().centre().distance(middle)));
    }

    private static void add(Map<Integer, Blink> blinks, int eye, double truth, EyeState state, double ratio) {
        blinks.computeIfAbsent(eye, e -> new Blink(new ArrayList<>()))
                .steps
                .add(new double[] {truth, state.open(), Math.min(1, ratio / RATIO_AT_REST)});
    }

    private static List<EyeFigure> lids(List<Blink> blinks) {
        String on = blinks.size() + " rendered eyes, shut in steps";
        return List.of(
                EyeFigure.higher(
                        TASK,
                        "lids in order",
                        on,
                        ordered(blinks, 1),
                        "%",
                        99,
                        new Peer("mesh's eye aspect ratio", ordered(blinks, 2))),
                EyeFigure.lower(
                        TASK,
                        "openness from the truth",
                        on,
                        off(blinks, 1),
                        "",
                        Double.NaN,
                        new Peer("mesh's eye aspect ratio", off(blinks, 2))));
    }

    private static double ordered(List<Blink> blinks, int answer) {
        double right = 0;
        double pairs = 0;
        for (Blink blink : blinks) {
            double[] counted = blink.ordered(answer, NOISE);
            right += counted[0];
            pairs += counted[1];
        }
        return 100 * right / pairs;
    }

    private static double off(List<Blink> blinks, int answer) {
        return blinks.stream()
                .flatMap(b -> b.steps.stream())
                .mapToDouble(s -> Math.abs(s[answer] - s[0]))
                .average()
                .orElse(Double.NaN);
    }
}
