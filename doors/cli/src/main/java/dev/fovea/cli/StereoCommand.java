package dev.fovea.cli;

import dev.fovea.BadInput;
import dev.fovea.Work;
import dev.fovea.image.Encoding;
import dev.fovea.image.Exif;
import dev.fovea.sample.SampleStereo;
import dev.fovea.space.DepthMap;
import dev.fovea.space.Disparity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A rendered pair with its truth. */
@Command(
        name = "stereo",
        sortOptions = false,
        description = {
            "Render what two lenses see of somebody in a room: left and right as .jpg and .png, their lenses in lenses.json,",
            "and in truth/ the exact disparity.pfm and depth.png (millimetres). The same seed gives the same files.",
            ""
        })
final class StereoCommand implements Callable<Integer> {
    private static final SampleStereo NORMAL = SampleStereo.NORMAL;
    private static final Set<String> OURS =
            Set.of("left.jpg", "right.jpg", "left.png", "right.png", "lenses.json", "truth");

    @Parameters(paramLabel = "DIR", description = "The folder to fill.")
    private Path folder = Path.of("");

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the scene's textures and noise (normally ${DEFAULT-VALUE}).")
    private long seed = NORMAL.seed();

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = Size.Reader.class,
            description = "Pixels of each picture (normally ${DEFAULT-VALUE}).")
    private Size size = new Size(NORMAL.width(), NORMAL.height());

    private final Console console;
    private final Interrupt interrupt;

    StereoCommand(Console console, Interrupt interrupt) {
        this.console = console;
        this.interrupt = interrupt;
    }

    @Override
    public Integer call() {
        SampleStereo sample = NORMAL.withSize(size.width(), size.height()).withSeed(seed);
        Target.folder(folder);
        Target.onlyHolds(folder, OURS::contains);
        Target.folder(folder.resolve("truth"));
        try (var progress = new Progress(console, interrupt)) {
            Work.run(progress, () -> {
                write(sample.shoot());
                return Main.DONE;
            });
        }
        console.out().println(folder + ": a pair of " + size + " pixels as .jpg and .png, its lenses, and its truth");
        return Main.DONE;
    }

    private void write(SampleStereo.Pair pair) {
        Work.step("writing", 0);
        for (String format : new String[] {".jpg", ".png"}) {
            pair.left().write(folder.resolve("left" + format), Exif.NONE, Encoding.NORMAL);
            pair.right().write(folder.resolve("right" + format), Exif.NONE, Encoding.NORMAL);
        }
        int w = pair.left().width(), h = pair.left().height();
        Disparity.of(w, h, pair.disparity()).write(folder.resolve("truth").resolve("disparity.pfm"));
        DepthMap.of(w, h, pair.leftMetres()).write(folder.resolve("truth").resolve("depth.png"));
        try {
            Files.writeString(folder.resolve("lenses.json"), lenses(pair, w, h));
        } catch (IOException e) {
            throw new BadInput(folder.toString(), "cannot be written", "choose another folder", e);
        }
    }

    /** As docs/depth.md describes it. */
    private static String lenses(SampleStereo.Pair pair, int w, int h) {
        String k = String.format(
                Locale.ROOT,
                "[%s, 0, %s, 0, %s, %s, 0, 0, 1]",
                pair.focal(),
                (w - 1) / 2.0,
                pair.focal(),
                (h - 1) / 2.0);
        return """
                {
                  "width": %d, "height": %d,
                  "K1": %s,
                  "D1": [0, 0, 0, 0, 0],
                  "K2": %s,
                  "D2": [0, 0, 0, 0, 0],
                  "R": [1, 0, 0, 0, 1, 0, 0, 0, 1],
                  "T": [%s, 0, 0]
                }
                """.formatted(w, h, k, k, -pair.baseline());
    }
}
