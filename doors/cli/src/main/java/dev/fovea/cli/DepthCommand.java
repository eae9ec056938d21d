package dev.fovea.cli;

import dev.fovea.BadInput;
import dev.fovea.Json;
import dev.fovea.Work;
import dev.fovea.image.Encoding;
import dev.fovea.image.Image;
import dev.fovea.image.Shot;
import dev.fovea.space.Depth;
import dev.fovea.space.DepthMap;
import dev.fovea.space.Disparity;
import dev.fovea.space.JpegDepth;
import dev.fovea.space.Rectified;
import dev.fovea.space.Rectify;
import dev.fovea.space.Stereo;
import dev.fovea.space.StereoCalibration;
import dev.fovea.space.StereoPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Depth from two lenses. */
@Command(
        name = "depth",
        sortOptions = false,
        description = {
            "Measure depth from two pictures taken side by side.",
            "A .jpg holds the left picture with its depth inside and still opens everywhere; a .pfm the disparity in pixels.",
            "With --lenses depth is in metres, and .png (millimetres) and .tif (metres) can be written, too.",
            ""
        })
final class DepthCommand implements Callable<Integer> {
    private static final Set<String> JPEG = Set.of("jpg", "jpeg");

    @Parameters(index = "0", paramLabel = "LEFT", description = "What the left lens saw.")
    private Path left = Path.of("");

    @Parameters(index = "1", paramLabel = "RIGHT", description = "What the right lens saw; of the same size.")
    private Path right = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "What to write: .jpg or .pfm; with --lenses also .png or .tif.")
    private Path output = Path.of("");

    @Option(
            names = "--max-disparity",
            paramLabel = "N",
            description = "The largest disparity to look for, in pixels; normally found by itself.")
    private int range;

    @Option(names = "--holes", description = "Leave what only one lens sees unknown (+inf in a .pfm).")
    private boolean holes;

    @Option(
            names = "--lenses",
            paramLabel = "FILE",
            description = "What is known of the lenses (JSON or OpenCV's YAML; docs/depth.md tells what is in it).")
    private @Nullable Path lenses;

    @Option(names = "--threads", paramLabel = "N", description = "How many threads to use; normally all.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Print the result as one JSON object (docs/depth.md has its fields).")
    private boolean json;

    private final Console console;
    private final Interrupt interrupt;

    DepthCommand(Console console, Interrupt interrupt) {
        this.console = console;
        this.interrupt = interrupt;
    }

    /**
     * What happened, for programs: the fields of the JSON.
     *
     * @param rectified whether the views had to be turned
     * @param unit metres or pixels
     * @param nearest the largest disparity, or the least depth
     * @param farthest the least disparity, or the largest depth
     * @param known share of the pixels whose depth is known
     */
    private record Report(
            Path output,
            int width,
            int height,
            boolean rectified,
            String unit,
            double nearest,
            double farthest,
            double known,
            Map<String, Double> seconds) {}

    @Override
    public Integer call() {
        if (range < 0 || range > 2048) {
            throw new IllegalArgumentException("--max-disparity is " + range + ", but must lie between 1 and 2048");
        }
        String extension = extension(output);
        List<String> possible =
                lenses == null ? List.of("jpg", "jpeg", "pfm") : List.of("jpg", "jpeg", "png", "tif", "pfm");
        if (!possible.contains(extension)) {
            throw new IllegalArgumentException(
                    output + " cannot hold this depth; use one of " + String.join(", ", possible)
                            + (lenses == null && possible(extension) ? ", or give --lenses" : "") + ".");
        }
        Target.file(output, inputs());
        try (var progress = new Progress(console, interrupt)) {
            Report report = Work.threads(threads, () -> Work.run(progress, () -> make(progress)));
            progress.end();
            console.out().println(json ? Json.of(report) : sentence(report));
        }
        return Main.DONE;
    }

    private static boolean possible(String extension) {
        return extension.equals("png") || extension.equals("tif");
    }

    private List<Path> inputs() {
        var inputs = new ArrayList<>(List.of(left, right));
        if (lenses != null) {
            inputs.add(lenses);
        }
        return inputs;
    }

    private static String extension(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private Report make(Progress progress) {
        Work.step("reading", 0);
        Image picture = Image.read(left);
        var pair = new StereoPair(picture, Image.read(right));
        Rectified views = lenses == null
                ? new Rectify().apply(pair)
                : StereoCalibration.read(lenses).apply(pair);
        Disparity disparity = views.onPicture(new Stereo(range, holes).apply(views.pair()));
        Depth depth = extension(output).equals("pfm") ? disparity : views.depth(disparity);
        Work.step("writing", 0);
        write(depth, picture);
        progress.end();
        return report(depth, views.place().isPresent(), progress.seconds());
    }

    private void write(Depth depth, Image picture) {
        if (!JPEG.contains(extension(output))) {
            depth.write(output);
            return;
        }
        try {
            if (JPEG.contains(extension(left)) && jpeg()) {
                JpegDepth.write(left, depth, output);
            } else {
                Path plain = Files.createTempFile("fovea-", ".jpg");
                try {
                    picture.write(plain, Shot.read(left).exif().withOrientation(1), Encoding.NORMAL);
                    JpegDepth.write(plain, depth, output);
                } finally {
                    Files.deleteIfExists(plain);
                }
            }
        } catch (IOException e) {
            throw new BadInput(output.toString(), "cannot be written", "choose another place", e);
        }
    }

    /** What is called .jpg may be another format. */
    private boolean jpeg() throws IOException {
        try (var in = Files.newInputStream(left)) {
            return in.read() == 0xFF && in.read() == 0xD8;
        }
    }

    private Report report(Depth depth, boolean rectified, Map<String, Double> seconds) {
        float[] values = switch (depth) {
            case DepthMap map -> map.metres();
            case Disparity d -> d.pixels();
        };
        float low = Float.POSITIVE_INFINITY, high = 0;
        int known = 0;
        for (float v : values) {
            if (!Float.isNaN(v)) {
                low = Math.min(low, v);
                high = Math.max(high, v);
                known++;
            }
        }
        boolean metres = depth instanceof DepthMap;
        return new Report(
                output,
                depth.width(),
                depth.height(),
                rectified,
                metres ? "metres" : "pixels",
                metres ? low : high,
                metres ? high : low,
                (double) known / values.length,
                seconds);
    }

    private static String sentence(Report report) {
        double seconds = report.seconds.values().stream().mapToDouble(s -> s).sum();
        return String.format(
                Locale.ROOT,
                "%s: %d x %d pixels, %s %.2f (near) to %.2f (far) %s%s%s, %.1f s",
                report.output,
                report.width,
                report.height,
                report.unit.equals("metres") ? "depth" : "disparity",
                report.nearest,
                report.farthest,
                report.unit,
                report.known < 1 ? String.format(Locale.ROOT, ", %.1f %% known", 100 * report.known) : "",
                report.rectified ? ", after rectification" : "",
                seconds);
    }
}
