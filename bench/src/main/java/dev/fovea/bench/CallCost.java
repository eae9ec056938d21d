package dev.fovea.bench;

import dev.fovea.model.Model;
import dev.fovea.model.Net;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What calling a network costs beside the network itself: calls of one with a single operation on four values. It runs in a process of
 * its own whose heap is resident from the start, so that only memory outside of it can grow.
 *
 * @param calls how many were made
 * @param microseconds of processor time for one
 * @param kibBefore resident memory before them, after a quarter as many for warming up, in KiB; 0 where the system does not tell
 * @param kibAfter the same after them
 */
record CallCost(int calls, double microseconds, long kibBefore, long kibAfter) {
    private static final Path STATUS = Path.of("/proc/self/status");

    private static final int RUNS = 3;

    private record In(float[] x) {}

    private record Out(float[] y) {}

    /** By how much memory grew, in percent. */
    double growthPercent() {
        return kibBefore == 0 ? 0 : 100.0 * (kibAfter - kibBefore) / kibBefore;
    }

    /** The run of a few with the least growth: what a system adds of itself comes and goes, a leak is there every time. */
    static CallCost measure(int calls) throws IOException, InterruptedException {
        CallCost least = once(calls);
        for (int run = 1; run < RUNS; run++) {
            CallCost other = once(calls);
            least = other.growthPercent() < least.growthPercent() ? other : least;
        }
        return least;
    }

    private static CallCost once(int calls) throws IOException, InterruptedException {
        Path file = Files.createTempFile("fovea-", ".onnx");
        try (var relu = Objects.requireNonNull(CallCost.class.getResourceAsStream("relu.onnx"))) {
            Files.write(file, relu.readAllBytes());
            Process process = new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            "--enable-native-access=ALL-UNNAMED",
                            "-Xms40m",
                            "-Xmx40m",
                            "-XX:+AlwaysPreTouch",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1", // the large compiler takes megabytes when it comes to it
                            "-cp",
                            System.getProperty("java.class.path"),
                            CallCost.class.getName(),
                            file.toString(),
                            Integer.toString(calls))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("the process that calls ended early");
            }
            String[] words = said.strip().split(" ");
            return new CallCost(
                    calls, Double.parseDouble(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
        } finally {
            Files.delete(file);
        }
    }

    /** Calls a network so often and prints the microseconds of a call, and the memory before and after. */
    public static void main(String[] words) throws IOException {
        int calls = Integer.parseInt(words[1]);
        try (var net = Net.open(Model.of(Path.of(words[0])), In.class, Out.class)) {
            call(net, calls / 4);
            long before = residentKib();
            long start = Race.clock(1);
            call(net, calls);
            double microseconds = (Race.clock(1) - start) * 1e-3 / calls;
            System.out.println(microseconds + " " + before + " " + residentKib());
        }
    }

    private static void call(Net<In, Out> net, int times) {
        var in = new In(new float[] {1, -2, 3, -4});
        for (int i = 0; i < times; i++) {
            net.apply(in);
        }
    }

    private static long residentKib() throws IOException {
        return Files.exists(STATUS)
                ? Files.readAllLines(STATUS).stream()
                        .filter(line -> line.startsWith("VmRSS"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0)
                : 0;
    }
}
