package dev.fovea.cli;

import dev.fovea.Work;
import dev.fovea.image.Burst;
import dev.fovea.image.Cfa;
import dev.fovea.image.Encoding;
import dev.fovea.image.Exif;
import dev.fovea.image.Frame;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import dev.fovea.sample.BurstSimulator;
import dev.fovea.sample.Scenes;
import dev.fovea.sample.Sensor;
import dev.fovea.sample.SimulatedBurst;
import dev.fovea.sample.World;
import java.nio.file.Path;
import java.util.Locale;
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
    /** A small sensor at a high gain. */
    private static final NoiseModel DARK = new NoiseModel(1e-4, 1.5e-2);

    @Parameters(paramLabel = "DIR", description = "The folder to fill: new or empty.")
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
        // The simulator checks its arguments: before any folder is made and any light is traced.
        BurstSimulator simulator = BurstSimulator.of(Sensor.phone(DARK, Cfa.GRBG), seed)
                .withFrames(frames)
                .withScale(Scenes.NIGHT_SCALE)
                .withMargin(Scenes.NIGHT_MARGIN)
                .withExif(SampleExif.written());
        Path truth = folder.resolve("truth");
        Target.empty(folder);
        Target.empty(truth);
        try (var progress = new Progress(console, interrupt)) {
            Work.run(progress, () -> {
                World world = Scenes.night(size.width(), size.height(), frames, seed);
                write(simulator.shoot(world), truth);
                return null;
            });
        }
        console.out()
                .println(folder + ": " + frames + " frames of " + size + " pixels as .dng and .jpg, their truth in "
                        + truth);
        return Main.DONE;
    }

    private void write(SimulatedBurst taken, Path truth) {
        Burst developed = taken.developed();
        for (int i = 0; i < frames; i++) {
            Work.step("writing", i / (double) frames);
            String name = String.format(Locale.ROOT, "IMG_%04d", i + 1);
            ((Raw) taken.burst().shots().get(i)).write(folder.resolve(name + ".dng"));
            var frame = (Frame) developed.shots().get(i);
            frame.image().write(folder.resolve(name + ".jpg"), frame.exif(), Encoding.NORMAL);
        }
        taken.truth().write(truth.resolve("clean.tif"), Exif.NONE, new Encoding(100, 32));
        taken.truth().write(truth.resolve("clean.png"), Exif.NONE, Encoding.DEEP);
        Target.text(truth.resolve("motions.json"), Json.of(taken.motions()));
    }
}
