package dev.fovea.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.model.Model;
import dev.fovea.model.Net;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a network holds of the system does not grow. Measured in processes of their own, whose heap is resident from the start, so that
 * only what is outside of it can grow.
 */
class MemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int RUNS = 3;

    record X(float[] x) {}

    record Y(float[] y) {}

    @TempDir
    Path folder;

    @BeforeEach
    void onLinux() {
        assumeTrue(Files.exists(STATUS), "resident memory is read from /proc");
    }

    @Test
    void aMillionCallsNeedNoMoreMemory() throws Exception {
        assertThat(growth("calls", Onnx.relu(1, 4), 1_000_000)).isLessThan(0.01);
    }

    @Test
    void openingAndClosingLeavesNothing() throws Exception {
        assertThat(growth("openings", Onnx.relu(1, 512, 512), 200))
                .isLessThan(0.05); // each left open would be over 1 %
    }

    /** A picture of 16 million values needs 128 MB outside the heap while it is worked on. */
    @Test
    void aLargePictureDoesNotStayPaidFor() throws Exception {
        assertThat(growth("large", Onnx.relu(1, -1), 16_000_000)).isLessThan(0.05);
    }

    /** The least of a few runs: what a system adds of itself, such as huge pages, comes and goes; a leak is there every time. */
    private double growth(String what, byte[] weights, int times) throws Exception {
        double least = Double.POSITIVE_INFINITY;
        for (int run = 0; run < RUNS && least > 0.005; run++) {
            least = Math.min(least, once(what, weights, times));
        }
        return least;
    }

    /** The share by which resident memory grew over the work, after a quarter of it for warming up. */
    private double once(String what, byte[] weights, int times) throws Exception {
        Path file = Files.write(folder.resolve("net.onnx"), weights);
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xms200m",
                        "-Xmx200m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1", // the large compiler takes megabytes when it comes to it
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName(),
                        what,
                        file.toString(),
                        Integer.toString(times))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        String[] kilobytes = said.strip().split(" ");
        return Double.parseDouble(kilobytes[1]) / Double.parseDouble(kilobytes[0]) - 1;
    }

    /** What runs in a process of its own. */
    static final class Worker {
        public static void main(String[] words) throws IOException {
            Model model = Model.of(Path.of(words[1]));
            int times = Integer.parseInt(words[2]);
            System.out.println(
                    switch (words[0]) {
                        case "calls" -> calls(model, times);
                        case "openings" -> openings(model, times);
                        default -> large(model, times);
                    });
        }

        private static String calls(Model model, int times) throws IOException {
            try (var net = Net.open(model, X.class, Y.class)) {
                call(net, times / 4);
                long before = residentKilobytes();
                call(net, times);
                return before + " " + residentKilobytes();
            }
        }

        private static String large(Model model, int size) throws IOException {
            try (var net = Net.open(model, X.class, Y.class)) {
                net.apply(new X(new float[1000]));
                long before = residentKilobytes();
                net.apply(new X(new float[size]));
                net.apply(new X(new float[1000]));
                return before + " " + residentKilobytes();
            }
        }

        private static String openings(Model model, int times) throws IOException {
            open(model, times / 4);
            long before = residentKilobytes();
            open(model, times);
            return before + " " + residentKilobytes();
        }

        private static void open(Model model, int times) {
            for (int i = 0; i < times; i++) {
                try (var net = Net.open(model, X.class, Y.class)) {
                    call(net, 2);
                }
            }
        }

        private static void call(Net<X, Y> net, int times) {
            var x = new X(new float[(int) net.inputs().getFirst().size()]);
            for (int i = 0; i < times; i++) {
                net.apply(x);
            }
        }

        private static long residentKilobytes() throws IOException {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
