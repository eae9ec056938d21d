package dev.fovea.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A rendered handheld burst with its truth. */
@Command(
        name = "burst",
        sortOptions = false,
        description = {
            "Render a handheld burst in the dark: RAW .dng and .jpg, with its clean truth in truth/.",
            "The same seed gives the same files.",
            ""
        })
final class SampleBurst implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The folder to fill.")
    private Path folder = Path.of("");

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the scene's noise and motion (normally ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = Size.Reader.class,
            description = "Pixels of each frame (normally ${DEFAULT-VALUE}).")
    private Size size = new Size(2000, 1500);

    @Option(names = "--frames", paramLabel = "N", description = "How many (normally ${DEFAULT-VALUE}).")
    private int frames = 8;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    private final Console console;
    private final Interrupt interrupt;

    SampleBurst(Console console, Interrupt interrupt) {
        this.console = console;
        this.interrupt = interrupt;
    }

    @Override
    public Integer call() {
        Target.folder(folder);
        try (var progress = new Progress(console, interrupt)) {
            throw new IllegalStateException(seed + " " + size + " " + frames + progress);
        }
    }
}
