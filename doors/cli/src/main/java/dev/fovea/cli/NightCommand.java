package dev.fovea.cli;

import dev.fovea.image.Burst;
import dev.fovea.photo.Night;
import dev.fovea.photo.NightShot;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A handheld burst becomes one picture. */
@Command(
        name = "night",
        sortOptions = false,
        description = {
            "Make one clean, sharp, well-toned picture of a handheld burst.",
            "A folder is one burst: if it holds DNGs, their JPEG twins are ignored. The result lies on the grid of the reference frame.",
            "If the frames are RAW, it may be a .dng, too: the merged RAW.",
            ""
        })
final class NightCommand extends BurstToPicture {
    @Option(
            names = "--exposures",
            paramLabel = "TIMES",
            converter = Exposures.Reader.class,
            description = "Exposure times of a bracket, as in 1/30,1/15,0.5; normally as EXIF tells or estimated.")
    private @Nullable Exposures exposures;

    private NightCommand(Console console, Interrupt interrupt) {
        super(NightShot.Look.NATURAL, console, interrupt);
    }

    /** The command, with the knobs of {@link NightShot} among its flags. */
    static CommandLine line(Console console, Interrupt interrupt) {
        var line = new CommandLine(new NightCommand(console, interrupt));
        Flags.add(line.getCommandSpec(), NightShot.class);
        return line;
    }

    @Override
    Function<Burst, Night> stage() {
        NightShot shot = asked(
                new NightShot(),
                Map.of("exposures", Optional.ofNullable(exposures).map(Exposures::seconds)));
        return burst -> {
            if (dng() && !burst.raw()) {
                throw new IllegalArgumentException(
                        output() + " would hold RAW, but the inputs are finished pictures; choose .jpg, .png or .tif.");
            }
            return shot.shoot(burst);
        };
    }
}
