package dev.fovea.model;

import dev.fovea.BadInput;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How networks run best on the chips of this user: {@code plan.json} and the weights of 8 bits that belong to it, in a folder of their
 * own. {@link Tuner} measures what it says, and every network that a {@link ModelStore} knows obeys it when it is opened. A plan is only
 * ever advice: what was made for another chip, for other weights or by another hand, or cannot be read, is passed over, and the network
 * runs as it is. Why, the system's log tells at level DEBUG under {@code dev.fovea.model}.
 */
public final class Plan {
    private static final System.Logger LOG = System.getLogger("dev.fovea.model");
    private static final String FILE = "plan.json";
    private static final int MOST_THREADS = 64;

    private final Path folder;

    /**
     * What was found best for one network on one chip, with one number of threads.
     *
     * @param network its name
     * @param sha256 of its weights
     * @param chip {@link Chip#id}
     * @param threads how many a call uses: it is for callers that ask for so many
     * @param precision in which numbers it computes
     * @param provider on what it computes
     * @param weights the file in the plan's folder with its weights of 8 bits, or empty
     * @param weightsSha256 of that file, or empty
     * @param milliseconds what a call took when this was measured, the median
     * @param ratio that time in relation to floating point on the processor with as many threads
     */
    public record Entry(
            String network,
            String sha256,
            String chip,
            int threads,
            Precision precision,
            String provider,
            String weights,
            String weightsSha256,
            double milliseconds,
            double ratio) {
        /** The way to run. */
        public Variant variant() {
            return new Variant(precision, threads, provider);
        }
    }

    /** A network ready to run, and how. */
    record Opened(NetRuntime.Session session, Variant variant) {}

    private record Content(List<Entry> networks) {}

    Plan(Path folder) {
        this.folder = folder;
    }

    /** Where it is kept; the folder need not exist. */
    public Path folder() {
        return folder;
    }

    /**
     * What it says, for all chips; nothing if there is no plan.
     *
     * @throws BadInput if it is damaged
     */
    public List<Entry> entries() {
        try {
            return Json.parse(file().toString(), Files.readAllBytes(file())).objects("networks", Plan::entry);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (BadInput | IOException e) {
            throw new BadInput(file().toString(), "is damaged", "run ./fovea models tune, which writes a new one", e);
        }
    }

    /** What it says of one network on one chip. */
    List<Entry> entries(String sha256, Chip chip) {
        return entries().stream()
                .filter(e -> e.sha256.equals(sha256) && e.chip.equals(chip.id()))
                .toList();
    }

    /**
     * Opens a network as it says, if it says anything that can be done.
     *
     * @param threads how many the caller asks for
     */
    Optional<Opened> open(NetRuntime runtime, String source, byte[] floats, int threads) {
        if (!Files.exists(file())) {
            return Optional.empty();
        }
        try {
            List<Entry> mine = entries(Sha256.of(floats), Chip.here(runtime));
            Optional<Entry> entry =
                    mine.stream().filter(e -> e.threads == threads).findFirst();
            if (entry.isEmpty()) {
                LOG.log(System.Logger.Level.DEBUG, "{0} says nothing of {1} on this chip", file(), source);
            }
            return entry.map(e -> open(runtime, source, floats, e));
        } catch (BadInput e) {
            LOG.log(System.Logger.Level.DEBUG, "{0} is passed over: {1}", file(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Opens a network as an entry says. */
    Opened open(NetRuntime runtime, String source, byte[] floats, Entry e) {
        byte[] weights = e.precision == Precision.FLOAT ? floats : weights(e);
        return new Opened(runtime.open(source, weights, e.threads, e.provider), e.variant());
    }

    private byte[] weights(Entry entry) {
        Path file = folder.resolve(entry.weights);
        try {
            byte[] content = Files.size(file) > Model.MOST_BYTES ? new byte[0] : Files.readAllBytes(file);
            if (Sha256.of(content).equals(entry.weightsSha256)) {
                return content;
            }
        } catch (IOException e) {
            throw new BadInput(file.toString(), "cannot be read", "run ./fovea models tune", e);
        }
        throw new BadInput(file.toString(), "is altered", "run ./fovea models tune");
    }

    /**
     * Puts entries into it, in place of those for the same networks and chip; everything or nothing.
     *
     * @param files the content of those that the entries name
     * @throws BadInput if it cannot be written, or is being written
     */
    public void put(List<Entry> entries, Map<String, byte[]> files) {
        alone(() -> {
            for (var file : files.entrySet()) {
                write(folder.resolve(file.getKey()), file.getValue());
            }
            var all = new ArrayList<>(readable());
            all.removeIf(old -> entries.stream().anyMatch(e -> e.sha256.equals(old.sha256) && e.chip.equals(old.chip)));
            all.addAll(entries);
            replace(all);
        });
    }

    /**
     * Takes entries out of it, and the weights that no other entry needs.
     *
     * @return how many there were
     * @throws BadInput if it cannot be written
     */
    public int forget(Predicate<Entry> which) {
        if (!Files.exists(file())) {
            return 0;
        }
        var gone = new ArrayList<Entry>();
        alone(() -> {
            var all = new ArrayList<>(readable());
            all.stream().filter(which).forEach(gone::add);
            all.removeAll(gone);
            replace(all);
        });
        return gone.size();
    }

    /**
     * Tries whether it can be written, which is better known before minutes of measuring than after.
     *
     * @throws BadInput if it cannot
     */
    public void checkWritable() {
        alone(() -> {
            Path trial = Files.createTempFile(folder, "trial", ".part");
            Files.delete(trial);
        });
    }

    /** A damaged plan is as good as none for whoever writes a new one. */
    private List<Entry> readable() {
        try {
            return entries();
        } catch (BadInput e) {
            return List.of();
        }
    }

    private void replace(List<Entry> all) throws IOException {
        write(file(), CardFile.text(new Content(all)));
        try (var files = Files.newDirectoryStream(folder, "*.onnx")) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (all.stream().noneMatch(e -> e.weights.equals(name))) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    /** One process, and one thread of it, writes at a time. */
    private void alone(Writing writing) {
        try {
            Files.createDirectories(folder);
            Path lock = folder.resolve("lock");
            try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                if (channel.tryLock() == null) {
                    throw busy();
                }
                writing.run();
            } catch (OverlappingFileLockException e) {
                throw busy();
            }
        } catch (IOException e) {
            String reason = e instanceof FileSystemException f && f.getReason() != null ? ": " + f.getReason() : "";
            throw new BadInput(
                    folder.toString(),
                    "cannot be written to" + reason,
                    "make room or set FOVEA_MODELS to a folder that you may write to",
                    e);
        }
    }

    private BadInput busy() {
        return new BadInput(folder.toString(), "is being written by another Fovea", "wait until that ends");
    }

    private static void write(Path target, byte[] content) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.write(part, content);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Path file() {
        return folder.resolve(FILE);
    }

    private static Entry entry(Json json) {
        Precision precision = json.one("precision", Precision.class);
        boolean own = precision != Precision.FLOAT;
        return new Entry(
                json.text("network"),
                json.text("sha256", "[0-9a-f]{64}", "must be 64 hexadecimal digits in lower case"),
                json.text("chip", "[0-9a-f]{16}", "must be 16 hexadecimal digits in lower case"),
                (int) json.whole("threads", 1, MOST_THREADS),
                precision,
                json.text("provider", "[a-z0-9]+", "must be made of small letters and digits"),
                own ? json.text("weights", "[a-z0-9-]+[.]onnx", "must be a file of the plan's folder") : "",
                own ? json.text("weightsSha256", "[0-9a-f]{64}", "must be 64 hexadecimal digits in lower case") : "",
                json.number("milliseconds"),
                json.number("ratio"));
    }
}
