package dev.fovea.bench;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints evidence: {@code ./fovea bench photo}, {@code superres}, {@code kernels} or {@code fuzz}. */
@Command(
        name = "fovea bench",
        mixinStandardHelpOptions = true,
        description = "Measures quality, speed and sturdiness, beside peers in the same run.")
public final class Bench {
    /** The folder of the sources: the corpora that fuzzing grows lie there. */
    private static final Path ROOT = Path.of(System.getProperty("fovea.root", "."));

    private Bench() {}

    /** Runs the named table and ends the process: 0 done, 1 a decoder broke its rule, 2 wrong use, 70 a fault. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench())
                .setExitCodeExceptionMapper(e -> e instanceof IllegalArgumentException ? 2 : 70)
                .execute(args.length == 0 ? new String[] {"--help"} : args));
    }

    @Command(description = "Quality of demosaicing and of exposure brackets.")
    private int photo(
            @Option(
                            names = "--data",
                            paramLabel = "DIR",
                            description =
                                    "Real data; what is missing is skipped (normally ../shared/data beside the sources).")
                    @Nullable
                    Path data) {
        Path folder = data == null ? ROOT.resolve("../shared/data") : data;
        DemosaicBench.run(folder);
        BracketBench.run(folder);
        return 0;
    }

    @Command(description = "Quality and speed of super-resolution: bursts of known truth and single pictures.")
    private int superres(
            @Option(
                            names = "--data",
                            paramLabel = "DIR",
                            description =
                                    "Real data; what is missing is skipped (normally ../shared/data beside the sources).")
                    @Nullable
                    Path data,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        SuperResBench.run(data == null ? ROOT.resolve("../shared/data") : data, json, System.out);
        return 0;
    }

    @Command(description = "Speed of the kernels beside OpenCV, one thread each.")
    private int kernels(
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

    @Command(description = "Fuzz every decoder; what is found is kept and replayed by ./fovea test.")
    private int fuzz(
            @Option(
                            names = "--minutes",
                            defaultValue = "10",
                            paramLabel = "N",
                            description = "In total (normally ${DEFAULT-VALUE}).")
                    int minutes) {
        Path corpus = ROOT.resolve("engine/image/src/test/resources/fuzz");
        return Fuzz.run(corpus, Duration.ofMinutes(minutes)) == 0 ? 0 : 1;
    }
}
