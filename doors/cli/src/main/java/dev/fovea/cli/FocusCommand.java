package dev.fovea.cli;

import dev.fovea.BadInput;
import dev.fovea.Json;
import dev.fovea.Knobs;
import dev.fovea.Work;
import dev.fovea.image.Box;
import dev.fovea.image.Encoding;
import dev.fovea.image.Image;
import dev.fovea.image.Photo;
import dev.fovea.photo.Aperture;
import dev.fovea.photo.BackgroundBlur;
import dev.fovea.photo.Bokeh;
import dev.fovea.photo.Focus;
import dev.fovea.photo.Lens;
import dev.fovea.photo.Refocus;
import dev.fovea.space.Depth;
import dev.fovea.space.DepthUnit;
import dev.fovea.video.Rewrite;
import dev.fovea.video.Video;
import dev.fovea.video.VideoEncoding;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Face;
import dev.fovea.vision.Scene;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Focus and aperture of a picture with depth, after the shot. */
@Command(
        name = "focus",
        sortOptions = false,
        description = {
            "Focus a picture after the shot, with the blur of a large lens.",
            "Its depth lies inside it, as 'fovea depth' and many phones store it, or in a file of its own. Without --at the main face"
                    + " is in focus, without a face the nearest large thing. Where there is no depth, as in a video, persons are in"
                    + " focus.",
            ""
        })
final class FocusCommand implements Callable<Integer> {
    /** Faces that are seen less surely are no reason to focus on them. */
    private static final double SURE = 0.7;

    /** The f-number where there is no depth. */
    private static final double USUAL = 2;

    @Parameters(paramLabel = "FILE", description = "A picture (JPEG, HEIC, DNG, PNG, TIFF, WebP) or a video.")
    private Path input = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "The picture to write: .jpg, .png or .tif.")
    private Path output = Path.of("");

    @Option(
            names = "--depth",
            paramLabel = "FILE",
            description =
                    "Its depth: PFM (disparity in pixels), 16-bit PNG (millimetres), float TIFF (metres), or shades of grey.")
    private @Nullable Path depth;

    @Option(
            names = "--depth-unit",
            paramLabel = "UNIT",
            description = "What the numbers of the depth mean: mm, cm, m, px, px/256, near-white or far-white.")
    private @Nullable String unit;

    @Option(
            names = "--at",
            paramLabel = "X,Y",
            converter = Place.Reader.class,
            description = "The point to focus on, in pixels from the top left.")
    private @Nullable Place at;

    @Option(
            names = "--aperture",
            paramLabel = "F",
            description =
                    "The f-number: at 1.8 what is farthest from the focus is blurred to 3 %% of the longer side, at 3.6 to half"
                            + " of that. Normally as suits the scene.")
    private @Nullable Double aperture;

    @Option(
            names = "--blur",
            paramLabel = "PX",
            description =
                    "Instead: the blur's diameter in pixels for each pixel of disparity (each 1/metre of a depth map).")
    private @Nullable Double blur;

    @Mixin
    private final Written written = new Written();

    @Option(names = "--threads", paramLabel = "N", description = "How many threads to use; normally all.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Print the result as one JSON object (docs/focus.md has its fields).")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    private final Console console;
    private final Interrupt interrupt;

    private FocusCommand(Console console, Interrupt interrupt) {
        this.console = console;
        this.interrupt = interrupt;
    }

    /** The command, with the knobs of {@link Lens} among its flags. */
    static CommandLine line(Console console, Interrupt interrupt) {
        var line = new CommandLine(new FocusCommand(console, interrupt));
        Flags.add(line.getCommandSpec(), Lens.class);
        return line;
    }

    /**
     * What happened, for programs: the fields of the JSON.
     *
     * @param focus what is in focus: POINT, FACE or NEAREST
     * @param x where
     * @param y where
     * @param disparity its disparity in pixels; of a depth map 1 / metres
     * @param scene PORTRAIT, GROUP, OBJECT or VIEW
     * @param aperture the f-number; none if the blur was given
     * @param blur diameter in pixels for each pixel of disparity
     * @param faces how many were seen
     */
    private record Report(
            int width,
            int height,
            Focus.Subject focus,
            double x,
            double y,
            double disparity,
            Aperture.Scenery scene,
            double aperture,
            double blur,
            int faces,
            Map<String, Double> seconds,
            List<Path> outputs) {}

    /**
     * The same of a picture without depth.
     *
     * @param focus always PERSON
     */
    private record PersonReport(
            int width, int height, String focus, double aperture, Map<String, Double> seconds, List<Path> outputs) {}

    @Override
    public Integer call() {
        if (aperture != null && blur != null) {
            throw new IllegalArgumentException("--aperture and --blur both set the strength; give one of them.");
        }
        if (blur != null) {
            var unused = new Bokeh(0, blur, Lens.NORMAL);
        }
        if (unit != null && depth == null) {
            throw new IllegalArgumentException(
                    "--depth-unit is of --depth; depth inside a picture says itself what it means.");
        }
        if (Video.recognises(input)) {
            return video();
        }
        Map<String, Object> shape = Flags.given(Objects.requireNonNull(spec), Lens.class);
        Lens lens = Knobs.change(Lens.NORMAL, shape);
        var encoding = written.encoding();
        Target.check(output, depth == null ? List.of(input) : List.of(input, depth));
        try (var progress = new Progress(console, interrupt)) {
            String said = Work.threads(
                    threads, () -> Work.run(progress, () -> picture(lens, !shape.isEmpty(), encoding, progress)));
            console.out().println(said);
        }
        return Main.DONE;
    }

    private String picture(Lens lens, boolean shaped, Encoding encoding, Progress progress) {
        Work.step("reading", 0);
        Photo photo = Photo.read(input);
        Optional<Depth> map = depth == null ? Depth.inside(input) : Optional.of(beside(depth));
        if (map.isPresent()) {
            Report report = focus(photo, map.get(), lens, encoding, progress);
            return json ? Json.of(report) : sentence(report);
        }
        if (at != null || blur != null || shaped) {
            throw new IllegalArgumentException(input
                    + " carries no depth, which --at, --blur and the lens's shape are about: give it with --depth.");
        }
        PersonReport report = person(photo, encoding, progress);
        return json ? Json.of(report) : sentence(report);
    }

    private Depth beside(Path file) {
        return unit == null ? Depth.read(file) : Depth.read(file, DepthUnit.of(unit));
    }

    /** Without depth the person stays sharp. */
    private PersonReport person(Photo photo, Encoding encoding, Progress progress) {
        var effect = new BackgroundBlur(aperture == null ? USUAL : aperture);
        Image image;
        try (var eye = Eye.open()) {
            Work.step("looking", 0);
            Scene scene = eye.look(photo.image());
            if (!BackgroundBlur.suits(scene)) {
                throw new BadInput(
                        input.toString(), "carries no depth and shows no person", "give its depth with --depth");
            }
            Work.step("blurring", 0);
            image = effect.paint(scene);
        }
        Work.step("writing", 0);
        image.write(output, photo.exif(), encoding);
        progress.end();
        return new PersonReport(
                image.width(), image.height(), "PERSON", effect.aperture(), progress.seconds(), List.of(output));
    }

    /** A video has no depth, but it has persons. */
    private int video() {
        if (depth != null || at != null || blur != null) {
            throw new IllegalArgumentException(
                    input
                            + " is a video, which has no depth: persons stay sharp, --aperture says how much the rest is blurred.");
        }
        var effect = new BackgroundBlur(aperture == null ? USUAL : aperture);
        Target.video(output, List.of(input));
        try (var progress = new Progress(console, interrupt);
                var eye = Eye.open()) {
            Rewrite.Result result = Work.threads(
                    threads,
                    () -> Work.run(
                            progress,
                            () -> Rewrite.of(input, output, VideoEncoding.NORMAL, PaintCommand.frames(eye, effect))));
            progress.end();
            result.notes().forEach(note -> console.err().println(note));
            console.out().println(output + ": " + result.frames() + " frames, persons in focus");
        }
        return Main.DONE;
    }

    private Report focus(Photo photo, Depth map, Lens lens, Encoding encoding, Progress progress) {
        String source = (depth == null ? input : depth).toString();
        map.fitting(photo.image().width(), photo.image().height(), source);
        if (at != null) {
            Focus.check(at.point(), photo.image().width(), photo.image().height());
        }
        Work.step("looking", 0);
        List<Box> faces = faces(photo.image());
        Work.step("layering", 0);
        Refocus refocus = Refocus.of(photo.image(), map);
        Focus focus = at == null ? Focus.of(refocus.disparity(), faces) : Focus.at(refocus.disparity(), at.point());
        Aperture suited = Aperture.suited(refocus.disparity(), focus, faces);
        Aperture chosen = aperture == null ? suited : suited.withNumber(aperture);
        double strength = blur == null ? chosen.blur(refocus.disparity(), focus) : blur;
        Work.step("blurring", 0);
        Image image = refocus.apply(new Bokeh(focus.disparity(), strength, lens));
        Work.step("writing", 0);
        image.write(output, photo.exif(), encoding);
        progress.end();
        return new Report(
                image.width(),
                image.height(),
                focus.subject(),
                focus.at().x(),
                focus.at().y(),
                focus.disparity(),
                chosen.scene(),
                blur == null ? chosen.number() : Double.NaN,
                strength,
                faces.size(),
                progress.seconds(),
                List.of(output));
    }

    private static List<Box> faces(Image image) {
        try (var eye = Eye.open()) {
            return eye.look(image).faces().stream()
                    .filter(face -> face.score() >= SURE)
                    .map(Face::box)
                    .toList();
        }
    }

    private static String sentence(Report report) {
        return String.format(
                Locale.ROOT,
                "%s: %d x %d pixels, in focus is %s at %.0f,%.0f (%s)%s, %.1f s",
                report.outputs.getFirst(),
                report.width,
                report.height,
                switch (report.focus) {
                    case POINT -> "the point";
                    case FACE -> "the main face";
                    case NEAREST -> "the nearest large thing, for there is no face,";
                },
                report.x,
                report.y,
                report.scene.name().toLowerCase(Locale.ROOT),
                Double.isNaN(report.aperture) ? "" : String.format(Locale.ROOT, ", f/%.1f", report.aperture),
                total(report.seconds));
    }

    private static String sentence(PersonReport report) {
        return String.format(
                Locale.ROOT,
                "%s: %d x %d pixels, there is no depth, so the person stays sharp and the rest is blurred, f/%.1f, %.1f s",
                report.outputs.getFirst(),
                report.width,
                report.height,
                report.aperture,
                total(report.seconds));
    }

    private static double total(Map<String, Double> seconds) {
        return seconds.values().stream().mapToDouble(s -> s).sum();
    }
}
