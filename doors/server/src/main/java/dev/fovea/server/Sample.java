package dev.fovea.server;

import dev.fovea.image.Raw;
import dev.fovea.image.Shot;
import dev.fovea.sample.SampleBurst;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something to try a service on: rendered, so that it shows nobody.
 *
 * @param name what it is called
 * @param about what it shows
 * @param services those that it suits
 * @param files in the jar; none if it is rendered when it is asked for
 * @param pixels of its pictures
 */
record Sample(String name, String about, List<String> services, List<String> files, Pixels pixels) {
    private static final SampleBurst BURST = SampleBurst.NORMAL.withSize(1200, 900);

    static final List<Sample> ALL = List.of(
            new Sample(
                    "burst",
                    "Eight frames of a canal at night",
                    List.of("night", "superres"),
                    List.of(),
                    Pixels.of(BURST.frames(), (long) BURST.width() * BURST.height())),
            new Sample(
                    "pair",
                    "A portrait through two lenses",
                    List.of("portrait", "depth"),
                    List.of("pair-left.jpg", "pair-right.jpg"),
                    Pixels.of(2, 1024 * 768)),
            new Sample(
                    "portrait",
                    "A portrait that carries its depth",
                    List.of("portrait", "focus", "relight", "colorpop", "see", "effects"),
                    List.of("portrait.depth.jpg"),
                    Pixels.of(1, 1200 * 900)),
            new Sample("clip", "Somebody looks around", List.of("live"), List.of("clip.mp4"), Pixels.of(1, 640 * 480)));

    /** The sample of that name. */
    static Sample named(String name) {
        return ALL.stream()
                .filter(s -> s.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no sample '" + name + "'; there are "
                        + String.join(", ", ALL.stream().map(Sample::name).toList())));
    }

    /** Puts its files into a folder. */
    List<Input> into(Path folder) {
        if (files.isEmpty()) {
            return rendered(folder);
        }
        return files.stream().map(name -> copied(name, folder)).toList();
    }

    private static Input copied(String name, Path folder) {
        Path to = folder.resolve(name);
        try (var in = Sample.class.getResourceAsStream("samples/" + name)) {
            Files.copy(Optional.ofNullable(in).orElseThrow(), to);
            return new Input(to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Input> rendered(Path folder) {
        var inputs = new ArrayList<Input>();
        for (Shot shot : BURST.shoot().burst().shots()) {
            var file = folder.resolve("IMG_%04d.dng".formatted(inputs.size() + 1));
            ((Raw) shot).write(file);
            inputs.add(new Input(file));
        }
        return inputs;
    }
}
