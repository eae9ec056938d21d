package dev.fovea.cli;

import dev.fovea.model.NetRuntime;
import dev.fovea.model.Tensor;
import dev.fovea.model.TensorSpec;
import dev.fovea.model.Tuner;
import dev.fovea.model.Variant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * How much memory a network takes: a process of its own opens it and calls it a few times, and its largest resident memory meanwhile
 * counts, less what was resident before. That process returns freed memory to the system at once, and its heap is resident from the
 * start, so that one measurement does not spoil the next. Linux alone tells.
 */
public final class Footprint implements Tuner.Gauge, AutoCloseable {
    private static final Path STATUS = Path.of("/proc/self/status");
    /** Writing 5 here makes the largest resident memory the present one (proc(5)). */
    private static final Path RESET = Path.of("/proc/self/clear_refs");

    private static final int CALLS = 3;

    private final Process process;
    private final PrintWriter questions;
    private final BufferedReader answers;

    private Footprint(Process process) {
        this.process = process;
        this.questions = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts the process; where memory cannot be measured it answers that it does not know. */
    static Footprint start() throws IOException {
        var builder = new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "--enable-native-access=ALL-UNNAMED",
                "-Xms160m",
                "-Xmx160m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Footprint.class.getName());
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        builder.environment().put("MALLOC_MMAP_THRESHOLD_", "65536");
        builder.environment().put("MALLOC_TRIM_THRESHOLD_", "0");
        return new Footprint(
                builder.redirectError(ProcessBuilder.Redirect.DISCARD).start());
    }

    @Override
    public OptionalLong peak(byte[] weights, Variant variant, List<Tensor> inputs) {
        try {
            Path file = Files.createTempFile("fovea-", ".onnx");
            try {
                Files.write(file, weights);
                String shapes = inputs.stream()
                        .map(t -> Arrays.stream(t.shape())
                                .mapToObj(Integer::toString)
                                .collect(Collectors.joining("x")))
                        .collect(Collectors.joining(" "));
                questions.println(variant.threads() + "\t" + variant.provider() + "\t" + shapes + "\t" + file);
                String answer = answers.readLine();
                return answer == null || answer.equals("?")
                        ? OptionalLong.empty()
                        : OptionalLong.of(Long.parseLong(answer));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** Answers a line of threads, provider, shapes and a file with a number of bytes, or with a question mark. */
    public static void main(String[] words) throws IOException {
        NetRuntime runtime = NetRuntime.found().orElseThrow();
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] parts = line.split("\t", 4);
            System.out.println(answer(runtime, parts));
        }
    }

    private static String answer(NetRuntime runtime, String[] parts) {
        try {
            Path file = Path.of(parts[3]);
            // Once for what every first call brings with it, once to be measured.
            grown(runtime, parts, file);
            return Long.toString(grown(runtime, parts, file));
        } catch (IOException | RuntimeException e) {
            return "?";
        }
    }

    private static long grown(NetRuntime runtime, String[] parts, Path file) throws IOException {
        byte[] weights = Files.readAllBytes(file);
        String[] shapes = parts[2].split(" ", -1);
        Files.writeString(RESET, "5");
        long before = kib("VmRSS");
        try (var session = runtime.open(file.toString(), weights, Integer.parseInt(parts[0]), parts[1])) {
            List<TensorSpec> specs = session.inputs();
            List<Tensor> inputs = java.util.stream.IntStream.range(0, specs.size())
                    .<Tensor>mapToObj(i -> zeros(shapes[i]))
                    .toList();
            List<String> outputs =
                    session.outputs().stream().map(TensorSpec::name).toList();
            for (int i = 0; i < CALLS; i++) {
                session.run(inputs, outputs);
            }
            return Math.max(0, kib("VmHWM") - before) << 10;
        }
    }

    private static Tensor zeros(String shape) {
        int[] dimensions =
                Arrays.stream(shape.split("x", -1)).mapToInt(Integer::parseInt).toArray();
        int size = Arrays.stream(dimensions).reduce(1, Math::multiplyExact);
        return new Tensor.Floats(new float[size], dimensions);
    }

    private static long kib(String name) throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow(() -> new IOException("the system does not tell " + name));
    }
}
