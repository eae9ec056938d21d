package dev.fovea.cli;

import dev.fovea.image.Burst;
import dev.fovea.photo.Night;
import dev.fovea.photo.NightShot;
import dev.fovea.photo.SuperRes;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A handheld burst becomes one picture of higher resolution. */
@Command(
        name = "superres",
        sortOptions = false,
        description = {
            "Make one larger, sharper picture of a handheld burst, or enlarge a single picture well.",
            "A folder is one burst: if it holds DNGs, their JPEG twins are ignored. The result lies on the grid of the reference frame.",
            ""
        })
final class SuperResCommand extends BurstToPicture {
    private SuperResCommand(Console console, Interrupt interrupt) {
        super(NightShot.Look.NEUTRAL, console, interrupt);
    }

    /** The command, with the knobs of {@link SuperRes} among its flags. */
    static CommandLine line(Console console, Interrupt interrupt) {
        var line = new CommandLine(new SuperResCommand(console, interrupt));
        Flags.add(line.getCommandSpec(), SuperRes.class);
        return line;
    }

    @Override
    Function<Burst, Night> stage() {
        SuperRes superRes = asked(new SuperRes(), Map.of());
        if (dng()) {
            throw new IllegalArgumentException(
                    output() + " would hold RAW, but an enlarged picture is none; choose .jpg, .png or .tif.");
        }
        return superRes::enlarge;
    }
}
