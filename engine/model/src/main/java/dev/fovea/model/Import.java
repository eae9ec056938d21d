package dev.fovea.model;

import dev.fovea.BadInput;
import dev.fovea.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes over models from a folder, recognised by their size and hash. */
record Import(Shelf shelf, Catalogue catalogue) {
    private static final int MOST_NESTED = 12;

    /** @throws BadInput if the folder holds no model, or a file cannot be read or written */
    List<Gain> all(Path folder) {
        List<Path> files = files(folder);
        var gains = new ArrayList<Gain>();
        for (Listing listing : catalogue.listings()) {
            Work.step("importing", (double) gains.size() / catalogue.listings().size());
            gain(listing, files).ifPresent(gains::add);
        }
        if (gains.isEmpty()) {
            throw new BadInput(
                    folder.toString(), "holds none of the models that Fovea knows", "./fovea models list names them");
        }
        return List.copyOf(gains);
    }

    private Optional<Gain> gain(Listing listing, List<Path> files) {
        Optional<Path> whole =
                files.stream().filter(f -> Shelf.matches(f, listing)).findFirst();
        if (whole.isPresent()) {
            return Optional.of(
                    shelf.holds(listing)
                            ? new Gain(listing, shelf.file(listing), Gain.Outcome.PRESENT)
                            : new Gain(listing, copy(listing, whole.get()), Gain.Outcome.ADDED));
        }
        return files.stream()
                .filter(f -> f.endsWith(listing.file()))
                .findFirst()
                .map(f -> new Gain(listing, f, Gain.Outcome.ALTERED));
    }

    private Path copy(Listing listing, Path original) {
        return shelf.add(listing, (l, file) -> {
            file.truncate(0);
            Origin.Mirror.copy(original, file, "importing " + l.name());
        });
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new BadInput(folder.toString(), "is no folder", "name the folder that was copied");
        }
        try (var files = Files.walk(folder, MOST_NESTED)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw new BadInput(folder.toString(), "cannot be read", "make it readable or copy it again", e);
        }
    }
}
