package dev.fovea.bench;

import dev.fovea.image.Codec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Fuzzes every decoder in turn (Jazzer: libFuzzer guided by the coverage of our own and the libraries' classes), each in a process of its
 * own, and prints one line for each. What breaks the rule of {@link FuzzTarget} is kept in the decoder's corpus as {@code broken-…}, to be
 * replayed by the ordinary tests; inputs that reach new code are added as long as the corpus stays small. What Jazzer says goes to a log.
 */
public final class Fuzz {
    /** A corpus grows to this size and no further: it lies in the repository. */
    private static final long MOST_BYTES = 96 << 10;

    private static final String VIDEO = "engine/video";

    private static final int LONGEST_INPUT = 8192;

    /** The longest input, packed a thousand times, is 8 million pixels: 256 MiB with copies, and as much for the fuzzer. */
    private static final int HEAP_MIB = 600;

    private static final String COVERAGE = "dev.fovea.**:com.twelvemonkeys.**";

    private static final Pattern TRIED = Pattern.compile("stat::number_of_executed_units: (\\d+)");
    private static final Pattern WHY = Pattern.compile("== Java Exception: (.*)|ERROR: libFuzzer: (.*)");

    private final Path root;
    private final Path corpus;
    private final Path work;
    private final Path log;
    private final String extension;

    private Fuzz(Path root, Path work, String extension, String module) throws IOException {
        this.root = root;
        this.work = work;
        this.extension = extension;
        corpus = Files.createDirectories(
                root.resolve(module).resolve("src/test/resources/fuzz").resolve(extension));
        log = Files.createDirectories(root.resolve("bench/target/fuzz")).resolve(extension + ".log");
        Files.deleteIfExists(log);
    }

    /**
     * Fuzzes all decoders for so long in total.
     *
     * @param root the folder of the sources, whose tests hold a corpus for each decoder
     * @return how many decoders broke the rule
     * @throws IllegalArgumentException unless there is a second for each
     */
    public static int run(Path root, Duration total) {
        // the decoders, and the modules that test them
        var decoders =
                new TreeMap<>(Map.of("mp4", VIDEO, "webm", VIDEO, "avi", VIDEO, FuzzTarget.DEPTH, "engine/space"));
        for (Codec codec : ServiceLoader.load(Codec.class)) {
            boolean heic = codec.getClass().getPackageName().equals("dev.fovea.video");
            decoders.put(codec.extensions().getFirst(), heic ? VIDEO : "engine/image");
        }
        long each = total.dividedBy(decoders.size()).toSeconds();
        if (each < 1) {
            throw new IllegalArgumentException("fuzzing for " + total.toSeconds() + " s: give it a minute or more");
        }
        System.out.printf(
                "Each decoder is fed damaged files for %d s. It must answer each with pictures, depth or one%n", each);
        System.out.printf("sentence, within 5 s and %d MiB of memory.%n%n", HEAP_MIB);
        System.out.printf("%-8s %12s %10s  %s%n", "decoder", "files tried", "new, kept", "verdict");
        int broken = 0;
        for (var decoder : decoders.entrySet()) {
            broken += one(root, decoder.getKey(), decoder.getValue(), each) ? 0 : 1;
        }
        System.out.println(
                broken == 0
                        ? "\nEvery decoder held."
                        : "\nThe files named above are kept: ./fovea test replays them until they are answered.");
        return broken;
    }

    private static boolean one(Path root, String extension, String module, long seconds) {
        try {
            Path work = Files.createTempDirectory("fuzz-" + extension);
            try {
                return new Fuzz(root, work, extension, module).fuzz(seconds);
            } finally {
                delete(work);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean fuzz(long seconds) throws IOException {
        System.err.printf("%s: fuzzing for %d s, then sorting what was found%n", extension, seconds);
        Path found = Files.createDirectory(work.resolve("found"));
        Path fresh = Files.createDirectory(work.resolve("fresh"));
        Path merged = Files.createDirectory(work.resolve("merged"));
        boolean held = jazzer(
                "-max_total_time=" + seconds, "-artifact_prefix=" + found + "/", fresh.toString(), corpus.toString());
        String said = Files.readString(log, StandardCharsets.ISO_8859_1);
        List<String> broken = new ArrayList<>();
        for (Path file : files(found)) {
            Path kept = corpus.resolve("broken-" + file.getFileName());
            Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
            broken.add(root.relativize(kept).toString());
        }
        jazzer("-merge=1", merged.toString(), corpus.toString(), fresh.toString());
        int kept = keep(merged);
        String verdict = held ? "held" : "BROKEN: " + why(said) + "; " + String.join(" ", broken) + "; see " + log;
        System.out.printf(Locale.ROOT, "%-8s %,12d %10d  %s%n", extension, tried(said), kept, verdict);
        return held;
    }

    private static long tried(String said) {
        Matcher tried = TRIED.matcher(said);
        return tried.find() ? Long.parseLong(tried.group(1)) : 0;
    }

    private static String why(String said) {
        Matcher why = WHY.matcher(said);
        if (!why.find()) {
            return "the fuzzer did not run to its end";
        }
        return why.group(1) != null ? why.group(1) : why.group(2);
    }

    /** Adds the shortest inputs that reach something new; tells how many. */
    private int keep(Path merged) throws IOException {
        long bytes = 0;
        int kept = 0;
        for (Path file : files(corpus)) {
            bytes += Files.size(file);
        }
        List<Path> candidates = new ArrayList<>(files(merged));
        candidates.sort(
                Comparator.comparingLong((Path f) -> f.toFile().length()).thenComparing(f -> f));
        List<String> known = files(corpus).stream().map(Fuzz::digest).toList();
        for (Path file : candidates) {
            if (!known.contains(digest(file))) {
                bytes += Files.size(file);
                if (bytes > MOST_BYTES) {
                    break;
                }
                Files.copy(file, corpus.resolve(digest(file).substring(0, 16)));
                kept++;
            }
        }
        return kept;
    }

    /** Whether the fuzzer ended without a finding. */
    private boolean jazzer(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx" + HEAP_MIB + "m",
                "-XX:+EnableDynamicAgentLoading",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + work,
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules",
                "jdk.incubator.vector",
                "-D" + FuzzTarget.EXTENSION + "=" + extension,
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzTarget.class.getName(),
                "--instrumentation_includes=" + COVERAGE,
                "--custom_hook_includes=" + COVERAGE,
                "--reproducer_path=" + work,
                "-timeout=5",
                "-max_len=" + LONGEST_INPUT,
                "-rss_limit_mb=4096",
                "-print_final_stats=1"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).directory(work.toFile());
        process.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            return process.start().waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String digest(Path file) {
        try {
            var sha = java.security.MessageDigest.getInstance("SHA-256");
            return java.util.HexFormat.of().formatHex(sha.digest(Files.readAllBytes(file)));
        } catch (IOException | java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(p);
            }
        }
    }
}
