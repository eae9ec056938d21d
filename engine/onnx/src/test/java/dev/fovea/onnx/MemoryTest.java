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
        assertThat(growth("openings", Onnx.relu(1, 512, 512), 300))
                .isLessThan(0.05); // each left open would be over 1 %
    }

    /** The share by which resident memory grew between a tenth of the work and all of it. */
    private double growth(String what, byte[] weights, int times) throws Exception {
        Path file = Files.write(folder.resolve("net.onnx"), weights);
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xms40m",
                        "-Xmx40m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
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
            work(words[0], model, times / 10);
            long before = residentKilobytes();
            work(words[0], model, times - times / 10);
            System.out.println(before + " " + residentKilobytes());
        }

        private static void work(String what, Model model, int times) {
            boolean calls = what.equals("calls");
            for (int i = 0; i < (calls ? 1 : times); i++) {
                try (var net = Net.open(model, X.class, Y.class)) {
                    call(net, calls ? times : 2);
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
