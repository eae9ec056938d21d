package dev.fovea.cli;

import dev.fovea.BadInput;
import dev.fovea.Knobs;
import dev.fovea.image.Image;
import dev.fovea.photo.PortraitLight;
import dev.fovea.space.Depth;
import dev.fovea.vision.Paint;
import dev.fovea.vision.Scene;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Moves the light on a portrait. */
@Command(
        name = "relight",
        sortOptions = false,
        description = {
            "Move the light on a portrait after the shot.",
            "A preset sets the lamp up; --light moves it, the other knobs change it. Depth, inside the picture or in a file of its own,"
                    + " tells the shape of what is not a face.",
            ""
        })
final class RelightCommand extends PaintCommand {
    @Option(
            names = "--preset",
            paramLabel = "LIGHT",
            description = "natural, studio, contour, stage or stage-mono (normally ${DEFAULT-VALUE}).",
            converter = Named.class)
    private PortraitLight.Preset preset = PortraitLight.Preset.NATURAL;

    @Option(
            names = "--light",
            paramLabel = "X,Y,Z",
            description = "Where the lamp is, seen from the face: to the right, downwards, towards the camera;"
                    + " as in 0.4,-0.2,1.")
    private @Nullable String light;

    @Option(
            names = "--depth",
            paramLabel = "FILE",
            description = "The picture's depth, if it lies in a file of its own.")
    private @Nullable Path depth;

    @Spec
    private @Nullable CommandSpec spec;

    private RelightCommand(Console console, Interrupt interrupt) {
        super(console, interrupt);
    }

    /** Reads the name of a preset. */
    static final class Named implements CommandLine.ITypeConverter<PortraitLight.Preset> {
        @Override
        public PortraitLight.Preset convert(String name) {
            for (PortraitLight.Preset preset : PortraitLight.Preset.values()) {
                if (preset.toString().equals(name.toLowerCase(Locale.ROOT).replace('_', '-'))) {
                    return preset;
                }
            }
            throw new CommandLine.TypeConversionException(
                    "'" + name + "' is no light; there are natural, studio, contour, stage and stage-mono");
        }
    }

    /** The command, with the knobs of {@link PortraitLight} among its flags. */
    static CommandLine line(Console console, Interrupt interrupt) {
        var line = new CommandLine(new RelightCommand(console, interrupt));
        Flags.add(line.getCommandSpec(), PortraitLight.class);
        return line;
    }

    @Override
    Image painted(Path file, Paint effect, Scene scene) {
        Optional<Depth> found = depth == null ? Depth.inside(file) : Optional.of(Depth.read(depth));
        String source = (depth == null ? file : depth).toString();
        return found.map(d -> d.fitting(scene.width(), scene.height(), source))
                .map(d -> ((PortraitLight) effect).paint(scene, d))
                .orElseGet(() -> effect.paint(scene));
    }

    @Override
    void checkVideo() {
        if (depth != null) {
            throw new IllegalArgumentException("--depth is of a picture; a video has none.");
        }
    }

    @Override
    Paint effect() {
        PortraitLight set = preset.light();
        if (light != null) {
            set = moved(set, light);
        }
        Map<String, Object> given = new HashMap<>(Flags.given(Objects.requireNonNull(spec), PortraitLight.class));
        return Knobs.change(set, given);
    }

    private static PortraitLight moved(PortraitLight set, String light) {
        String[] parts = light.split(",", -1);
        try {
            if (parts.length == 3) {
                return set.from(
                        Double.parseDouble(parts[0].strip()),
                        Double.parseDouble(parts[1].strip()),
                        Double.parseDouble(parts[2].strip()));
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException("'" + light + "' is no direction (as in 0.4,-0.2,1).");
    }

    @Override
    String said(Path file, Scene scene) {
        if (scene.faces().isEmpty()) {
            throw new BadInput(file.toString(), "shows no face that light could be moved on", "name a portrait");
        }
        int faces = scene.faces().size();
        return (faces == 1 ? "a face" : faces + " faces") + " in " + (light == null ? preset + " light" : "new light");
    }
}
