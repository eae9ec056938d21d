package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Temporary files end with their studio, however that ends. */
class WorkbenchTest {
    @Test
    void theOneOfARunningStudioIsLeftAlone(@TempDir Path parent) {
        try (var first = Workbench.in(parent);
                var second = Workbench.in(parent)) {
            assertThat(first.folder()).isDirectory();
            assertThat(second.folder()).isDirectory().isNotEqualTo(first.folder());
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void whatAKilledStudioLeftIsRemovedByTheNext(@TempDir Path parent) throws Exception {
        Process killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + parent,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.fovea.server.Studio",
                        "--port",
                        "0")
                .redirectErrorStream(true)
                .start();
        try (var said = killed.inputReader()) {
            String line = said.readLine();
            while (line != null && !line.contains("http://")) {
                line = said.readLine();
            }
            assertThat(line).as("it says where it is").isNotNull();
            int port = Integer.parseInt(line.replaceAll(".*:(\\d+)/.*", "$1"));
            try (var client = new Client("http://localhost:" + port)) {
                assertThat(client.post("/api/superres", Map.of("sample", "burst"))
                                .status())
                        .isEqualTo(202);
            }
            killed.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
        assertThat(left(parent)).as("a killed studio cannot tidy up").isNotEmpty();
        try (var studio = StudioServer.start(Settings.local(0).withFolder(parent));
                var client = new Client(studio)) {
            assertThat(left(parent)).as("only the new one's own").hasSize(1);
            assertThat(client.get("/api/services").status()).isEqualTo(200);
        }
        assertThat(left(parent)).isEmpty();
    }

    private static java.util.List<Path> left(Path parent) throws java.io.IOException {
        try (Stream<Path> all = Files.list(parent)) {
            return all.filter(p -> p.getFileName().toString().startsWith("fovea-studio-"))
                    .toList();
        }
    }
}
