package dev.fovea.cli;

import dev.fovea.Json;
import dev.fovea.Knobs;
import dev.fovea.Work;
import dev.fovea.image.Burst;
import dev.fovea.image.Encoding;
import dev.fovea.image.Exif;
import dev.fovea.image.Image;
import dev.fovea.photo.Night;
import dev.fovea.photo.NightShot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that makes one picture of a burst. */
abstract sealed class BurstToPicture implements Callable<Integer> permits NightCommand, SuperResCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "PICTURES",
            description = "Pictures (JPEG, HEIC, DNG, PNG, TIFF, WebP), a folder of them, or a video.")
    private List<Path> inputs = List.of();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "The picture to write: .jpg, .png or .tif.")
    private Path output = Path.of("");

    @Option(
            names = "--look",
            paramLabel = "LOOK",
            description = "natural tones the picture, neutral keeps its tones (normally ${DEFAULT-VALUE}).")
    private NightShot.Look look;

    @Option(
            names = "--reference",
            paramLabel = "N",
            description = "The frame to lie on, from 0; normally the sharpest.")
    private @Nullable Integer reference;

    @Option(names = "--explain", paramLabel = "DIR", description = "Save what the algorithm saw as pictures.")
    private @Nullable Path explain;

    @Mixin
    private final Written written = new Written();

    @Option(names = "--threads", paramLabel = "N", description = "How many threads to use; normally all.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Print the result as one JSON object (docs/README.md has its fields).")
    private boolean json;

    @Mixin
    private final VideoCut video = new VideoCut();

    @Spec
    private @Nullable CommandSpec spec;

    private final Console console;
    private final Interrupt interrupt;

    /** @param look the tones that are normal for this command */
    BurstToPicture(NightShot.Look look, Console console, Interrupt interrupt) {
        this.look = look;
        this.console = console;
        this.interrupt = interrupt;
    }

    /** What turns the burst into a picture, as the flags say. */
    abstract Function<Burst, Night> stage();

    /**
     * What happened, for programs: the fields of the JSON.
     *
     * @param reference index of the frame that the result lies on
     * @param width pixels per row of the result
     * @param height rows of the result
     * @param frames what became of each frame
     * @param seconds how long each step took
     * @param networks those that had a part in the picture
     * @param outputs the files that were written, the result first
     */
    private record Report(
            int reference,
            int width,
            int height,
            List<Night.FrameReport> frames,
            Map<String, Double> seconds,
            List<String> networks,
            List<Path> outputs) {}

    @Override
    public Integer call() {
        Function<Burst, Night> stage = stage();
        var encoding = written.encoding();
        Target.check(output, inputs);
        if (explain != null) {
            Target.folder(explain);
        }
        try (var progress = new Progress(console, interrupt)) {
            Report report = Work.threads(threads, () -> Work.run(progress, () -> make(stage, encoding, progress)));
            progress.end();
            console.out().println(json ? Json.of(report) : sentence(report));
        }
        return Main.DONE;
    }

    /** A record with the flags of the command line in it: its knobs, the look and the reference. */
    final <R extends Record> R asked(R record, Map<String, Object> more) {
        var changes = new HashMap<>(Flags.given(Objects.requireNonNull(spec), record.getClass()));
        changes.put("look", look);
        changes.put("reference", reference == null ? OptionalInt.empty() : OptionalInt.of(reference));
        changes.putAll(more);
        return Knobs.change(record, changes);
    }

    /** The picture to write. */
    final Path output() {
        return output;
    }

    /** Whether that is RAW. */
    final boolean dng() {
        return output.toString().toLowerCase(Locale.ROOT).endsWith(".dng");
    }

    private Report make(Function<Burst, Night> stage, Encoding encoding, Progress progress) {
        Work.step("reading", 0);
        Burst burst = video.read(inputs);
        Target.check(
                output, burst.shots().stream().map(s -> Path.of(s.source())).toList());
        Night night = stage.apply(burst);
        List<Path> outputs = write(night, burst.shots().get(night.reference()).exif(), encoding);
        progress.end();
        Image image = night.image();
        return new Report(
                night.reference(),
                image.width(),
                image.height(),
                night.frames(),
                progress.seconds(),
                night.networks(),
                outputs);
    }

    private List<Path> write(Night night, Exif exif, Encoding encoding) {
        Work.step("writing", 0);
        if (dng()) {
            night.merged().orElseThrow().write(output);
        } else {
            night.image().write(output, exif, encoding);
        }
        var outputs = new ArrayList<Path>(List.of(output));
        if (explain != null) {
            for (var picture : night.explanation().pictures()) {
                Path file = explain.resolve(picture.name() + ".png");
                picture.image().write(file);
                outputs.add(file);
            }
        }
        return outputs;
    }

    private static String sentence(Report report) {
        double seconds = report.seconds.values().stream().mapToDouble(s -> s).sum();
        return String.format(
                Locale.ROOT,
                "%s: %d x %d pixels from %d frames on the grid of %s%s, %.1f s",
                report.outputs.getFirst(),
                report.width,
                report.height,
                report.frames.size(),
                report.frames.get(report.reference).source(),
                report.networks.isEmpty() ? "" : ", with the help of " + String.join(" and ", report.networks),
                seconds);
    }
}
