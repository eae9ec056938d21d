package dev.fovea.bench;

import dev.fovea.image.Codec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * Fuzzes every decoder in turn (Jazzer: libFuzzer guided by the coverage of our own and the libraries' classes), each in a process of its
 * own. What breaks the rule of {@link FuzzTarget} is kept in the decoder's corpus as {@code broken-…}, to be replayed by the ordinary tests;
 * inputs that reach new code are added as long as the corpus stays small.
 */
public final class Fuzz {
    /** A corpus grows to this size and no further: it lies in the repository. */
    private static final long MOST_BYTES = 96 << 10;

    private static final int LONGEST_INPUT = 8192;

    /** The longest input, packed a thousand times, is 8 million pixels: 256 MiB with copies, and as much for the fuzzer. */
    private static final String HEAP = "600m";

    private static final String COVERAGE = "dev.fovea.**:com.twelvemonkeys.**:com.drew.**";

    private final Path corpus;
    private final Path work;
    private final String extension;

    private Fuzz(Path corpus, Path work, String extension) {
        this.corpus = corpus;
        this.work = work;
        this.extension = extension;
    }

    /**
     * Fuzzes all decoders for so long in total.
     *
     * @param corpusRoot holds a folder of inputs for each decoder, by its usual extension
     * @return how many decoders broke the rule
     */
    public static int run(Path corpusRoot, Duration total) {
        List<String> extensions = ServiceLoader.load(Codec.class).stream()
                .map(c -> c.get().extensions().getFirst())
                .sorted()
                .toList();
        Duration each = total.dividedBy(extensions.size());
        int broken = 0;
        for (String extension : extensions) {
            System.err.printf(Locale.ROOT, "%s: %d s%n", extension, each.toSeconds());
            broken += one(corpusRoot.resolve(extension), extension, each) ? 0 : 1;
        }
        return broken;
    }

    private static boolean one(Path corpus, String extension, Duration time) {
        try {
            Path work = Files.createTempDirectory("fuzz-" + extension);
            try {
                Files.createDirectories(corpus);
                return new Fuzz(corpus, work, extension).fuzz(time);
            } finally {
                delete(work);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean fuzz(Duration time) throws IOException {
        Path found = Files.createDirectory(work.resolve("found"));
        Path fresh = Files.createDirectory(work.resolve("fresh"));
        Path merged = Files.createDirectory(work.resolve("merged"));
        boolean held = jazzer(
                "-max_total_time=" + time.toSeconds(),
                "-artifact_prefix=" + found + "/",
                fresh.toString(),
                corpus.toString());
        for (Path file : files(found)) {
            Files.move(file, corpus.resolve("broken-" + file.getFileName()));
        }
        jazzer("-merge=1", merged.toString(), corpus.toString(), fresh.toString());
        keep(merged);
        return held;
    }

    /** Adds the shortest inputs that reach something new. */
    private void keep(Path merged) throws IOException {
        long bytes = 0;
        for (Path file : files(corpus)) {
            bytes += Files.size(file);
        }
        List<Path> candidates = new ArrayList<>(files(merged));
        candidates.sort(
                Comparator.comparingLong((Path f) -> f.toFile().length()).thenComparing(f -> f));
        List<String> known = files(corpus).stream().map(Fuzz::digest).toList();
        for (Path file : candidates) {
            bytes += Files.size(file);
            if (bytes > MOST_BYTES) {
                return;
            }
            if (!known.contains(digest(file))) {
                Files.copy(file, corpus.resolve(digest(file).substring(0, 16)));
            }
        }
    }

    /** Whether the fuzzer ended without a finding. */
    private boolean jazzer(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx" + HEAP,
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
        process.redirectOutput(ProcessBuilder.Redirect.INHERIT).redirectError(ProcessBuilder.Redirect.INHERIT);
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
