package dev.fovea.cli;

import dev.fovea.photo.ColourRetention;
import dev.fovea.vision.Paint;
import dev.fovea.vision.Scene;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** The person keeps colour. */
@Command(
        name = "colorpop",
        sortOptions = false,
        description = {"The person keeps colour, the rest turns grey: pictures and videos.", ""})
final class ColorPopCommand extends PaintCommand {
    /** Of the picture's area: so much of a person is one. */
    private static final double SOMEBODY = 0.002;

    ColorPopCommand(Console console, Interrupt interrupt) {
        super(console, interrupt);
    }

    @Override
    Paint effect() {
        return new ColourRetention();
    }

    @Override
    String said(Path file, Scene scene) {
        double sum = 0;
        float[] person = scene.person().plane(0);
        for (float p : person) {
            sum += p;
        }
        return sum / person.length < SOMEBODY
                ? "all of it grey: nobody is in it"
                : "the person in colour, " + Math.round(100 * sum / person.length) + " % of it";
    }
}
