package dev.fovea.cli;

import dev.fovea.BadInput;
import dev.fovea.Json;
import dev.fovea.Work;
import dev.fovea.image.Image;
import dev.fovea.model.ModelStore;
import dev.fovea.video.Video;
import dev.fovea.vision.Embeddings;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Overlay;
import dev.fovea.vision.Scene;
import dev.fovea.vision.SeenPicture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells, and draws, what is seen in pictures. */
@Command(
        name = "see",
        sortOptions = false,
        description = {
            "See the faces of pictures or of a video: where they are, how they are turned, where they look; and where persons are.",
            "Of a folder every picture is looked at, and told as one line of JSON (docs/eyes.md has its fields).",
            ""
        })
final class SeeCommand implements Callable<Integer> {
    /** Pictures that are looked at together: enough to keep all processors busy, few enough to wait for. */
    private static final int TOGETHER = 8;

    @Parameters(arity = "1..*", paramLabel = "PICTURES", description = "Pictures, folders of them, or a video.")
    private List<Path> inputs = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Draw what was seen: a picture for a picture, a video for a video, a folder for more pictures.")
    private @Nullable Path output;

    @Option(
            names = "--matte",
            paramLabel = "DIR",
            description = {
                "Write the persons' matte of each picture: NAME.png in this folder,",
                "white where a person is; of a video one a frame: NAME-000001.png and so on."
            })
    private @Nullable Path mattes;

    @Option(names = "--json", description = "Print one JSON object a picture or frame, a line each.")
    private boolean json;

    @Option(
            names = "--embedding",
            description = "Add to the JSON what tells people apart: numbers for every face, and how far to trust them.")
    private boolean embedding;

    @Option(
            names = "--embedder",
            paramLabel = "NAME",
            description = "The network for --embedding, as models list has it (sface once it is pulled);"
                    + " normally the one that comes with Fovea.")
    private @Nullable String embedder;

    private Optional<Embeddings> wanted = Optional.empty();

    @Option(names = "--threads", paramLabel = "N", description = "How many threads to use; normally all.")
    private int threads = Runtime.getRuntime().availableProcessors();

    private final Console console;
    private final Interrupt interrupt;

    SeeCommand(Console console, Interrupt interrupt) {
        this.console = console;
        this.interrupt = interrupt;
    }

    /** What came of one picture: a line to print, or a complaint. */
    private record Outcome(String line, Optional<BadInput> refusal) {}

    @Override
    public Integer call() {
        wanted = embeddings();
        boolean video = inputs.stream().anyMatch(Video::recognises);
        if (video && inputs.size() > 1) {
            throw new IllegalArgumentException("There is a video among " + inputs.size() + " inputs; name it alone.");
        }
        return video ? watch(inputs.getFirst()) : look();
    }

    private int watch(Path file) {
        if (output != null) {
            Target.video(output, inputs);
        }
        if (mattes != null) {
            Target.folder(mattes);
        }
        try (var progress = new Progress(console, interrupt);
                var eye = Eye.open()) {
            var seen = new SeenVideo(console, file, json, eye, Optional.ofNullable(mattes), wanted);
            return Work.threads(
                    threads,
                    () -> Work.run(progress, () -> {
                        seen.look(Optional.ofNullable(output));
                        return Main.DONE;
                    }));
        }
    }

    private int look() {
        boolean many = inputs.size() > 1 || Files.isDirectory(inputs.getFirst());
        List<PictureFile> files = PictureFile.of(inputs);
        if (output != null && !many) {
            Target.check(output, inputs);
        } else if (output != null) {
            Target.folder(output);
            Target.apart(output, files);
        }
        if (mattes != null) {
            Target.folder(mattes);
            Target.apart(mattes, files);
        }
        try (var progress = new Progress(console, interrupt);
                var eye = Eye.open()) {
            return Work.threads(threads, () -> Work.run(progress, () -> look(eye, files, many)));
        }
    }

    private int look(Eye eye, List<PictureFile> files, boolean many) {
        int seen = 0;
        for (int from = 0; from < files.size(); from += TOGETHER) {
            Work.step("seeing", (double) from / files.size());
            List<PictureFile> some = files.subList(from, Math.min(files.size(), from + TOGETHER));
            for (Outcome outcome : outcomes(eye, some, many)) {
                outcome.refusal.ifPresentOrElse(
                        refusal -> complain(refusal, many), () -> console.out().println(outcome.line));
                seen += outcome.refusal.isPresent() ? 0 : 1;
            }
        }
        if (seen == 0) {
            throw new BadInput(
                    inputs.getFirst().toString(), "holds no picture that can be read", "name another folder");
        }
        return Main.DONE;
    }

    /** The numbers that are wanted; a network that is not here is refused before anything is looked at. */
    private Optional<Embeddings> embeddings() {
        if (embedder != null) {
            return Optional.of(
                    new Embeddings(ModelStore.standard().named(embedder).name()));
        }
        return embedding ? Optional.of(new Embeddings()) : Optional.empty();
    }

    /** One picture that cannot be read ends the command if it is the only one. */
    private void complain(BadInput refusal, boolean many) {
        if (!many) {
            throw refusal;
        }
        console.err().println(refusal.getMessage());
    }

    private List<Outcome> outcomes(Eye eye, List<PictureFile> files, boolean many) {
        var outcomes = new ArrayList<Outcome>();
        files.forEach(f -> outcomes.add(new Outcome("", Optional.empty())));
        Work.rows(files.size(), 1, (from, to) -> {
            for (int i = from; i < to; i++) {
                outcomes.set(i, outcome(eye, files.get(i), many));
            }
        });
        return outcomes;
    }

    private Outcome outcome(Eye eye, PictureFile file, boolean many) {
        try {
            Scene scene = eye.look(Image.read(file.path()));
            SeenPicture seen = SeenPicture.of(file.name(), scene, wanted);
            if (output != null) {
                Image drawn = new Overlay().apply(scene);
                drawn.write(many ? output.resolve(file.drawn()) : output);
            }
            if (mattes != null) {
                scene.person().write(mattes.resolve(file.drawn()));
            }
            return new Outcome(json || many ? Json.of(seen) : seen.sentence(), Optional.empty());
        } catch (BadInput e) {
            return new Outcome("", Optional.of(e));
        }
    }
}
