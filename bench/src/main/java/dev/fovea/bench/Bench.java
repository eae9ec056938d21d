package dev.fovea.bench;

import dev.fovea.BadInput;
import dev.fovea.model.ModelCard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Prints evidence: {@code ./fovea bench photo}, {@code portrait}, {@code eyes}, {@code flow}, {@code models}, {@code kernels}, {@code video},
 * {@code studio} or {@code fuzz}.
 */
@Command(
        name = "fovea bench",
        mixinStandardHelpOptions = true,
        description = "Measures quality, speed and sturdiness, beside peers in the same run.")
public final class Bench {
    /** The folder of the sources: the corpora that fuzzing grows lie there. */
    private static final Path ROOT = Path.of(System.getProperty("fovea.root", "."));

    private Bench() {}

    /** Where real data lies. */
    static final class Data {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "Real data; what is missing is skipped (normally ../shared/data beside the sources).")
        private @Nullable Path given;

        Path folder() {
            return given == null ? ROOT.resolve("../shared/data") : given;
        }
    }

    /** Runs the named table and ends the process: 0 done, 1 a decoder broke its rule, 2 wrong use, 3 bad data, 70 a fault. */
    public static void main(String[] args) {
        // Figures are of the networks as they are, unless somebody wants those of the plan.
        if (System.getenv("FOVEA_PLAN") == null) {
            System.setProperty("fovea.plan", "off");
        }
        var bench = new CommandLine(new Bench());
        // not picocli's own help: a command that is a method would take its options for its first arguments
        bench.getSubcommands()
                .values()
                .forEach(part -> part.getCommandSpec()
                        .addOption(OptionSpec.builder("-h", "--help")
                                .usageHelp(true)
                                .description("Show this help.")
                                .build()));
        System.exit(bench.setExecutionExceptionHandler((e, line, parsed) -> fault(e))
                .execute(args.length == 0 ? new String[] {"--help"} : args));
    }

    private static int fault(Exception e) {
        if (e instanceof IllegalArgumentException || e instanceof BadInput) {
            System.err.println(e.getMessage());
            return e instanceof BadInput ? 3 : 2;
        }
        e.printStackTrace();
        return 70;
    }

    @Command(description = "Quality and speed of night pictures, demosaicing, exposure brackets and super-resolution.")
    int photo(
            @Mixin Data data,
            @Option(names = "--all", description = "All pictures of the data, not the first few of each folder.")
                    boolean all,
            @Option(
                            names = "--only",
                            paramLabel = "PART",
                            description = "night, real, bracket, demosaic, speed, single, flow or superres.")
                    @Nullable
                    String only,
            @Option(names = "--json", description = "Print JSON; the tables go to stderr.") boolean json) {
        Path folder = data.folder();
        return PhotoBench.run(folder, all, only == null ? "" : only, json);
    }

    @Command(description = "Quality and speed of portraits: stereo, depth sensors, bokeh, effects on video, light.")
    private int portrait(
            @Mixin Data data,
            @Option(
                            names = "--only",
                            defaultValue = "",
                            paramLabel = "PART",
                            description = "stereo, stereo-speed, sensor, bokeh, bokeh-speed, video or light.")
                    String only,
            @Option(names = "--sheet", paramLabel = "FILE", description = "Write a contact sheet of the pictures.")
                    @Nullable
                    Path sheet,
            @Option(names = "--json", description = "Print JSON; the tables go to stderr.") boolean json) {
        Path folder = data.folder();
        return PortraitBench.run(folder, only, Optional.ofNullable(sheet), json);
    }

    @Command(description = "Quality and speed of the eyes: faces found, their points, pose and gaze, beside peers.")
    private int eyes(
            @Mixin Data data,
            @Option(
                            names = "--heads",
                            paramLabel = "DIR",
                            description = "Rendered heads with their truth.json, of training/face-mesh.")
                    @Nullable
                    Path heads,
            @Option(
                            names = "--lids",
                            paramLabel = "DIR",
                            description = "Rendered heads that shut their eyes, of training/eye-state.")
                    @Nullable
                    Path lids,
            @Option(
                            names = "--film",
                            paramLabel = "FILE",
                            description = "Write a short film of the detections: .mp4, .webm or .mkv.")
                    @Nullable
                    Path film,
            @Option(
                            names = "--only",
                            defaultValue = "",
                            paramLabel = "PART",
                            description =
                                    "find, points, yawns, heads, states, matte, embedding, speed, film or endurance.")
                    String only,
            @Option(
                            names = "--sheets",
                            paramLabel = "DIR",
                            description = "Write contact sheets there: mattes.png and eyes.png.")
                    @Nullable
                    Path sheets,
            @Option(names = "--cards", description = "Write the figures into the cards of the sources.") boolean cards,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        Path folder = data.folder();
        Path models = ROOT.resolve("engine/vision/src/main/resources/models");
        EyesBench.run(
                new EyesBench.Plan(
                        folder,
                        Optional.ofNullable(heads),
                        Optional.ofNullable(lids),
                        Optional.ofNullable(film),
                        Optional.ofNullable(sheets),
                        only),
                json,
                cards ? Optional.of(models) : Optional.empty(),
                System.out);
        return 0;
    }

    @Command(description = "The studio: live frames in a real browser, many streams at once, and what stays behind.")
    private int studio(
            @Mixin Data data,
            @Option(names = "--only", defaultValue = "", paramLabel = "PART", description = "live, jobs or streams.")
                    String only,
            @Option(names = "--json", description = "Print JSON; the tables go to stderr.") boolean json) {
        Path folder = data.folder();
        return StudioBench.run(folder, only, json);
    }

    @Command(
            name = "superres-pairs",
            description =
                    "Write what super-resolution's finisher learns from: simulated bursts of the pictures of a folder.")
    private int superresPairs(
            @Parameters(paramLabel = "PICTURES") Path pictures,
            @Parameters(paramLabel = "DIR", description = "Where the pairs go.") Path to,
            @Option(names = "--first", defaultValue = "0", paramLabel = "N", description = "Number of the first pair.")
                    int first,
            @Option(names = "--count", defaultValue = "1000", paramLabel = "N") int count) {
        SuperResPairs.write(pictures, to, first, count);
        return 0;
    }

    @Command(description = "Speed of the kernels beside OpenCV, one thread each.")
    int kernels(
            @Parameters(
                            arity = "0..1",
                            defaultValue = "",
                            paramLabel = "NAME",
                            description = "A part of the kernel's name.")
                    String name,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        KernelBench.run(name, json, System.out);
        return 0;
    }

    @Command(description = "Time and error of dense optical flow beside OpenCV, with one and two threads.")
    private int flow(@Mixin Data data, @Option(names = "--json", description = "Print JSON.") boolean json) {
        FlowBench.run(data.folder(), json, System.out);
        return 0;
    }

    @Command(description = "Measure a bundled network and write the figures to its card.")
    private int card(
            @Parameters(paramLabel = "CARD", description = "The card.json beside the network's weights.") Path card,
            @Mixin Data data)
            throws IOException {
        Path folder = data.folder();
        if (ModelCard.read(card).task().equals("superres-finish")) {
            SuperResBench.measure(card, folder, System.out);
        } else {
            SingleBench.measure(card, folder, System.out);
        }
        return 0;
    }

    @Command(description = "What a frame costs: reading and writing video, live JPEG, HEIC; and whether memory grows.")
    private int video(
            @Mixin Data data,
            @Option(names = "--json", description = "Print JSON; the table goes to stderr.") boolean json) {
        VideoBench.run(data.folder(), json, System.out);
        return 0;
    }

    @Command(description = "Time of every network that is here on one core, and what a call costs.")
    private int models(
            @Option(
                            names = "--data",
                            paramLabel = "DIR",
                            description = "More ONNX files (normally ../shared/models beside the sources).")
                    @Nullable
                    Path data,
            @Option(
                            names = "--size",
                            defaultValue = "320x256",
                            paramLabel = "WxH",
                            description = "Of pictures where a network leaves it open (normally ${DEFAULT-VALUE}).")
                    String size,
            @Option(
                            names = "--calls",
                            defaultValue = "1000000",
                            paramLabel = "N",
                            description = "Of the smallest network (normally ${DEFAULT-VALUE}).")
                    int calls,
            @Option(names = "--write", description = "Write the times into the cards of the sources.") boolean write,
            @Option(names = "--json", description = "Print JSON.") boolean json)
            throws Exception {
        if (!size.matches("[1-9][0-9]{0,4}x[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException("'" + size + "' is no size (as in 320x256)");
        }
        String[] sides = size.split("x", 2);
        var lines = ModelBench.run(
                data == null ? ROOT.resolve("../shared/models") : data,
                Integer.parseInt(sides[0]),
                Integer.parseInt(sides[1]),
                calls,
                json,
                System.out);
        if (write) {
            ModelBench.write(lines, ROOT);
        }
        return 0;
    }

    @Command(description = "Make the pictures of the docs again.")
    private int pictures() {
        Pictures.write(ROOT.resolve("docs/pictures"));
        return 0;
    }

    @Command(description = "Fuzz every decoder; what is found is kept and replayed by ./fovea test.")
    int fuzz(
            @Option(
                            names = "--minutes",
                            defaultValue = "10",
                            paramLabel = "N",
                            description = "In total (normally ${DEFAULT-VALUE}).")
                    int minutes) {
        return Fuzz.run(ROOT, Duration.ofMinutes(minutes)) == 0 ? 0 : 1;
    }
}
