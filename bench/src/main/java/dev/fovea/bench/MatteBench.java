package dev.fovea.bench;

import dev.fovea.Tracker;
import dev.fovea.image.Colour;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Luma;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Scene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Evidence for mattes: their overlap with true masks on portraits and in films, and how they flicker, beside MediaPipe's selfie network.
 *
 * <p>Overlap is intersection over union of what is above a half and the true mask, at the picture's size, a mean over pictures in percent. Flicker is the
 * mean absolute difference between a frame's soft mask and that of the frame before, warped by OpenCV's optical flow (DIS, medium) at full
 * size, over the pixels that both frames show, in thousandths.
 */
final class MatteBench {
    static final String TASK = "person-matte";
    /** Of the portraits, those whose names sort last were never learned from. */
    private static final int HELD = 40;

    private static final int RATE = 24;

    private final Path data;
    private final Eye eye;
    private final Selfie selfie;

    MatteBench(Path data, Eye eye, Selfie selfie) {
        this.data = data;
        this.eye = eye;
        this.selfie = selfie;
    }

    /** Sums over frames. */
    private static final class Mean {
        private double sum;
        private int count;

        void add(double value) {
            sum += value;
            count++;
        }

        double value() {
            return sum / count;
        }
    }

    /** One way to make masks of a film: what it reached so far. */
    private static final class Way {
        private final UnaryOperator<Image> look;
        private final Mean overlap = new Mean();
        private final Mean flicker = new Mean();
        private Image mask = Image.of(1, 1, Colour.GREY, new float[1]);

        Way(UnaryOperator<Image> look) {
            this.look = look;
        }

        void next(Image frame, Image truth, List<SteadyPixels> since) {
            Image now = look.apply(frame);
            overlap.add(overlap(now, truth));
            since.forEach(steady -> flicker.add(1000 * steady.change(mask, now)));
            mask = now;
        }
    }

    /** Measures, and hands each figure over as it comes. */
    void figures(Consumer<EyeFigure> to) {
        List<Path> portraits = portraits(data);
        if (!portraits.isEmpty()) {
            to.accept(portraits(portraits));
        }
        films(to);
    }

    /** Those of films alone. */
    void films(Consumer<EyeFigure> to) {
        folders(data.resolve("video/davis")).forEach(clip -> film(clip).forEach(to));
    }

    /** The portraits that nobody learned from. */
    static List<Path> portraits(Path data) {
        List<Path> all = pictures(data.resolve("portrait/matte"));
        return all.subList(Math.max(0, all.size() - HELD), all.size());
    }

    static Image truth(Path picture) {
        String name = picture.getFileName().toString();
        Path mask = picture.resolveSibling(name.substring(0, name.lastIndexOf('.')) + "-mask.png");
        return new Luma().apply(Image.read(mask));
    }

    private EyeFigure portraits(List<Path> files) {
        var ours = new Mean();
        var theirs = new Mean();
        for (Path file : files) {
            Image picture = Image.read(file);
            Image truth = truth(file);
            ours.add(overlap(eye.look(picture).person(), truth));
            theirs.add(overlap(selfie.look(picture), truth));
        }
        return EyeFigure.higher(
                TASK,
                "matte IoU",
                files.size() + " portraits",
                ours.value(),
                "%",
                88,
                new EyeFigure.Peer("selfie", theirs.value()));
    }

    private List<EyeFigure> film(Path clip) {
        Tracker<Frame, Scene> watch = eye.watch();
        var number = new int[1];
        var steady = new Way(frame -> watch.next(timed(frame, number[0]++)).person());
        // a watch that has seen nothing yet carries nothing
        var single = new Way(frame -> eye.watch().next(timed(frame, 0)).person());
        var theirs = new Way(selfie::look);
        List<Image> before = List.of();
        for (Path file : pictures(clip)) {
            Image frame = Image.read(file).to(Colour.SRGB);
            List<SteadyPixels> since =
                    before.stream().map(b -> SteadyPixels.between(b, frame)).toList();
            Image truth = truth(file);
            List.of(steady, single, theirs).forEach(way -> way.next(frame, truth, since));
            before = List.of(frame);
        }
        String name = "davis " + clip.getFileName();
        return List.of(
                EyeFigure.higher(
                        TASK,
                        "matte IoU, watched",
                        name,
                        steady.overlap.value(),
                        "%",
                        single.overlap.value(),
                        new EyeFigure.Peer("frame by frame", single.overlap.value()),
                        new EyeFigure.Peer("selfie", theirs.overlap.value())),
                EyeFigure.lower(
                        TASK,
                        "matte flicker, watched",
                        name,
                        steady.flicker.value(),
                        "1/1000",
                        theirs.flicker.value() / 2,
                        new EyeFigure.Peer("frame by frame", single.flicker.value()),
                        new EyeFigure.Peer("selfie", theirs.flicker.value())));
    }

    private static Frame timed(Image frame, int number) {
        return Frame.of(frame, Duration.ofMillis(1000L * number / RATE), "a film");
    }

    /** Intersection over union of what is above a half, in percent. */
    private static double overlap(Image mask, Image truth) {
        float[] a = mask.plane(0);
        float[] b = truth.plane(0);
        int both = 0;
        int either = 0;
        for (int i = 0; i < a.length; i++) {
            boolean seen = a[i] > 0.5f;
            boolean there = b[i] > 0.5f;
            both += seen && there ? 1 : 0;
            either += seen || there ? 1 : 0;
        }
        return either == 0 ? 100 : 100.0 * both / either;
    }

    private static List<Path> folders(Path folder) {
        return Files.isDirectory(folder)
                ? listed(folder).stream().filter(Files::isDirectory).toList()
                : List.of();
    }

    static List<Path> pictures(Path folder) {
        return Files.isDirectory(folder)
                ? listed(folder).stream()
                        .filter(f -> f.toString().endsWith(".jpg"))
                        .toList()
                : List.of();
    }

    /** Sorted by name, as plain strings. */
    private static List<Path> listed(Path folder) {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
