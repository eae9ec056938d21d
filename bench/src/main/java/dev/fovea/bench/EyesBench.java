package dev.fovea.bench;

import dev.fovea.Json;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.model.ModelCard;
import dev.fovea.model.ModelStore;
import dev.fovea.vision.Eye;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Evidence for the eyes: every promised figure of the bundled networks, beside their peers in the same run. */
final class EyesBench {
    private static final int LOOKS = 20_000;
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    /**
     * All of it.
     *
     * @param models which networks were measured
     * @param figures quality
     * @param times speed on one core
     * @param endurance memory, if it was asked for
     * @param skipped what could not be measured, and why
     */
    record Result(
            List<String> models,
            List<EyeFigure> figures,
            List<EyeSpeed.Time> times,
            Optional<EyeEndurance> endurance,
            List<String> skipped) {}

    /**
     * What to measure.
     *
     * @param data real data, laid out like ../shared/data
     * @param heads rendered heads with truth.json, if there are any
     * @param lids rendered heads that shut their eyes, with truth.json, if there are any
     * @param film where a short film of the detections goes, if anywhere
     * @param sheets the folder where contact sheets go, if anywhere
     * @param part only this: find, points, yawns, heads, states, matte, embedding, speed, film or endurance; empty for all
     */
    record Plan(
            Path data,
            Optional<Path> heads,
            Optional<Path> lids,
            Optional<Path> film,
            Optional<Path> sheets,
            String part) {
        boolean asks(String name) {
            return part.isEmpty() || part.equals(name);
        }
    }

    private EyesBench() {}

    /**
     * Measures and prints, lines as they come or one JSON object at the end.
     *
     * @param cards where the figures go: the folder with the models' folders, if anywhere
     */
    static Result run(Plan plan, boolean json, Optional<Path> cards, PrintStream out) {
        PrintStream table = json ? new PrintStream(OutputStream.nullOutputStream(), false) : out;
        Result result = measured(plan, table);
        cards.ifPresent(folder -> write(result, folder));
        if (json) {
            out.println(Json.of(result));
        }
        return result;
    }

    private static Result measured(Plan plan, PrintStream out) {
        var result = new Result(
                ModelStore.standard().models().stream().map(Object::toString).toList(),
                new ArrayList<>(),
                new ArrayList<>(),
                Optional.empty(),
                new ArrayList<>());
        Path models = plan.data.resolve("../models/public");
        Path reference = plan.data.resolve("../models/reference");
        if (!Files.isDirectory(plan.data.resolve("face")) || !Files.isDirectory(models)) {
            result.skipped.add("Everything: skipped, " + plan.data + " has no faces or no models beside it.");
            result.skipped.forEach(out::println);
            return result;
        }
        try (Eye eye = Eye.open();
                var yunet = new YuNet(models);
                var ultraLight = new UltraLight(reference);
                var teacher = new MediaPipeMesh(models)) {
            if (plan.asks("find")) {
                add(result, new FaceFinderBench(plan.data, eye, yunet, ultraLight).figures(eye), out);
            }
            mesh(plan, new FaceMeshBench(plan.data, eye, yunet, teacher), result, out);
            states(plan, eye, result, out);
            Image portrait = portrait(plan.data);
            if (plan.asks("matte")) {
                mattes(plan, eye, portrait, result, out);
            }
            if (plan.asks("embedding")) {
                new EmbeddingBench(plan.data, eye).figures(figure -> add(result, List.of(figure), out));
                EmbeddingBench.times(portrait, eye).forEach(time -> add(result, time, out));
            }
            if (plan.asks("speed")) {
                EyeSpeed.times(portrait, eye, yunet, teacher).forEach(time -> add(result, time, out));
            }
            if (plan.asks("film")) {
                plan.film.ifPresent(target -> EyesFilm.write(plan.data, eye, target));
            }
            Optional<EyeEndurance> endurance = plan.asks("endurance")
                    ? Optional.of(EyeEndurance.of(EyeSpeed.frame(portrait, 0), eye, LOOKS))
                    : Optional.empty();
            endurance.ifPresent(e -> out.printf(
                    Locale.ROOT,
                    "resident memory over %d looks at 640x480: %.1f to %.1f MiB, %+.2f %%%n",
                    e.looks(),
                    e.before(),
                    e.after(),
                    e.growth()));
            result.skipped.forEach(out::println);
            return new Result(result.models, result.figures, result.times, endurance, result.skipped);
        }
    }

    private static void mesh(Plan plan, FaceMeshBench bench, Result result, PrintStream out) {
        if (plan.asks("points")) {
            add(result, bench.points5("lfw", 5.5), out);
            add(result, bench.points5("aflw", 7.5), out);
        }
        if (plan.asks("yawns")) {
            add(result, List.of(bench.yawns()), out);
        }
        if (plan.asks("heads") && plan.heads.isPresent()) {
            add(result, bench.heads(plan.heads.get()), out);
        } else if (plan.asks("heads")) {
            result.skipped.add("Pose and gaze on rendered heads: skipped, --heads names no folder"
                    + " (training/face-mesh/render_heads.py --export makes one).");
        }
    }

    private static void mattes(Plan plan, Eye eye, Image portrait, Result result, PrintStream out) {
        try (var selfie = new Selfie(plan.data.resolve("../models/public"))) {
            new MatteBench(plan.data, eye, selfie).figures(figure -> add(result, List.of(figure), out));
            MatteSpeed.times(portrait, eye, selfie).forEach(time -> add(result, time, out));
        }
        plan.sheets.ifPresent(folder ->
                new MatteSheet(eye).of(MatteBench.portraits(plan.data)).write(folder.resolve("mattes.png")));
    }

    private static void states(Plan plan, Eye eye, Result result, PrintStream out) {
        if (!plan.asks("states")) {
            return;
        }
        try (var iris = new MediaPipeIris(plan.data.resolve("../models/public"));
                var net = new EyeStates()) {
            var bench = new EyeStateBench(plan.data, eye, iris, net);
            add(result, bench.pictures(), out);
            add(result, bench.doubts(), out);
            plan.lids.ifPresentOrElse(
                    folder -> add(result, bench.lids(folder), out),
                    () -> result.skipped.add("Eyes that shut on rendered heads: skipped, --lids names no folder"
                            + " (training/eye-state/draw_eyes.py --export makes one)."));
            plan.sheets.ifPresent(folder -> bench.sheet(folder.resolve("eyes.png"), plan.lids));
        }
    }

    private static void add(Result result, List<EyeFigure> figures, PrintStream out) {
        figures.forEach(f -> out.println(f.line()));
        result.figures.addAll(figures);
    }

    private static void add(Result result, EyeSpeed.Time time, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%-34s %-34s %8.2f ms       %s%n",
                time.what(),
                time.size() + ", one core",
                time.milliseconds(),
                Double.isNaN(time.target()) ? "" : "at most " + time.target());
        result.times.add(time);
    }

    /** A face of usual size in a picture of 640 × 480: an LFW picture as it is, on grey. */
    private static Image portrait(Path data) {
        Image face = Image.read(data.resolve("face/lfw/images/Abel_Pacheco_0001.jpg"))
                .to(Colour.SRGB);
        int size = 440;
        Image large = new Resize(size, size).apply(face);
        var planes = new float[3][WIDTH * HEIGHT];
        for (int c = 0; c < 3; c++) {
            Arrays.fill(planes[c], 0.4f);
            for (int y = 0; y < size; y++) {
                System.arraycopy(large.plane(c), y * size, planes[c], (y + 20) * WIDTH + 100, size);
            }
        }
        return Image.of(WIDTH, HEIGHT, Colour.SRGB, planes);
    }

    /** Puts the figures into the cards of the bundled models that were measured. */
    private static void write(Result result, Path folder) {
        for (String task :
                List.of("face-detector", "face-mesh", MatteBench.TASK, EyeStates.TASK, EmbeddingBench.TASK)) {
            ModelStore.standard()
                    .best(task)
                    .flatMap(model -> model.card())
                    .ifPresent(card -> write(result, folder.resolve(card.task() + "-" + card.name()), task));
        }
    }

    private static void write(Result result, Path folder, String task) {
        Path file = folder.resolve("card.json");
        List<ModelCard.Figure> figures = result.figures.stream()
                .filter(f -> f.task().equals(task) && Double.isFinite(f.value()))
                .map(EyeFigure::carded)
                .toList();
        List<ModelCard.Speed> speed = result.times.stream()
                .filter(t -> t.task().equals(task))
                .map(EyeSpeed.Time::carded)
                .toList();
        if (!figures.isEmpty() || !speed.isEmpty()) {
            ModelCard.read(file).withFigures(figures).withSpeed(speed).write(file);
        }
    }
}
