package dev.fovea.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.model.Model;
import dev.fovea.model.Net;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runtime's maker hears nothing: left alone, its library writes an identifier to the home folder and reports over HTTPS. */
class SilenceTest {
    record X(float[] x) {}

    record Y(float[] y) {}

    @TempDir
    Path home;

    @Test
    void theRuntimeReportsToNobody() throws Exception {
        Path file = Files.write(home.resolve("net.onnx"), Onnx.relu(1, 4));
        var builder = new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:-UsePerfData",
                "-Duser.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                file.toString());
        builder.environment().remove("ORT_DISABLE_TELEMETRY");
        builder.environment().put("HOME", home.toString());
        builder.environment().put("XDG_CACHE_HOME", home.resolve("cache").toString());
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said.strip()).isEqualTo("sockets: []");
        assertThat(names(home)).containsExactlyInAnyOrder("cache", "net.onnx");
        assertThat(names(home.resolve("cache"))).containsExactly("fovea");
    }

    private static List<String> names(Path folder) {
        return List.of(folder.toFile().list());
    }

    /** What runs in a process of its own. */
    static final class Worker {
        public static void main(String[] words) throws IOException {
            try (var net = Net.open(Model.of(Path.of(words[0])), X.class, Y.class)) {
                net.apply(new X(new float[4]));
                System.out.println("sockets: " + sockets());
            }
        }

        private static List<String> sockets() throws IOException {
            Path open = Path.of("/proc/self/fd");
            if (!Files.isDirectory(open)) {
                return List.of();
            }
            try (Stream<Path> files = Files.list(open)) {
                return files.filter(Files::isSymbolicLink)
                        .map(Worker::target)
                        .filter(target -> target.startsWith("socket:"))
                        .toList();
            }
        }

        private static String target(Path link) {
            try {
                return Files.readSymbolicLink(link).toString();
            } catch (IOException closedMeanwhile) {
                return "";
            }
        }
    }
}
