package dev.fovea.cli;

import dev.fovea.Work;
import dev.fovea.sample.SampleBurst;
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
final class BurstCommand implements Callable<Integer> {
    private static final SampleBurst NORMAL = SampleBurst.NORMAL;

    @Parameters(paramLabel = "DIR", description = "The folder to fill.")
    private Path folder = Path.of("");

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the scene's noise and motion (normally ${DEFAULT-VALUE}).")
    private long seed = NORMAL.seed();

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = Size.Reader.class,
            description = "Pixels of each frame (normally ${DEFAULT-VALUE}).")
    private Size size = new Size(NORMAL.width(), NORMAL.height());

    @Option(names = "--frames", paramLabel = "N", description = "How many (normally ${DEFAULT-VALUE}).")
    private int frames = NORMAL.frames();

    private final Console console;
    private final Interrupt interrupt;

    BurstCommand(Console console, Interrupt interrupt) {
        this.console = console;
        this.interrupt = interrupt;
    }

    @Override
    public Integer call() {
        SampleBurst burst =
                NORMAL.withSize(size.width(), size.height()).withFrames(frames).withSeed(seed);
        Target.folder(folder);
        Target.onlyHolds(folder, this::ours);
        try (var progress = new Progress(console, interrupt)) {
            Work.run(progress, () -> burst.write(folder));
        }
        console.out()
                .println(folder + ": " + frames + " frames of " + size + " pixels as .dng and .jpg, and their truth");
        return Main.DONE;
    }

    /** Files of an earlier call that this one will replace; a longer burst would be mixed with this one. */
    private boolean ours(String name) {
        return name.equals("truth")
                || (name.matches("IMG_[0-9]{4}[.](dng|jpg)") && Integer.parseInt(name.substring(4, 8)) <= frames);
    }
}
