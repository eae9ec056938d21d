package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.fovea.model.Catalogue;
import dev.fovea.model.Listing;
import dev.fovea.model.ModelStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ./fovea models}. */
@Timeout(120)
class ModelsCommandTest {
    private static final int YUNET_BYTES = 232_589;
    private static final String YUNET = "face_detection_yunet_2023mar.onnx";
    private static final byte[] WEIGHTS = "weights".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private Path models = Path.of("");

    @BeforeEach
    void useAFolder() {
        models = folder.resolve("models");
        System.setProperty("fovea.models", models.toString());
    }

    @AfterEach
    void useTheUsualFolder() {
        System.clearProperty("fovea.models");
    }

    @Test
    void theListNamesEveryModel() {
        Ran ran = Ran.fovea("models", "list");
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .containsPattern("yunet +face-detection +public +MIT +228 KiB +no")
                .contains(models.toString());
        assertThat(Ran.fovea("models", "list", "--json").out())
                .contains("\"name\":\"sface\"", "\"bytes\":38696353", "\"here\":null");
    }

    @Test
    void aModelIsShownWithItsLicenceAndOwner() {
        assertThat(Ran.fovea("models", "show", "yunet").out())
                .contains("MIT", "opencv/opencv_zoo", "8f2383e4", "pull yunet");
        assertThat(Ran.fovea("models", "show", "yunet", "--json").out()).startsWith("{\"name\":\"yunet\"");
        Ran.fovea("models", "show", "nobody").refuses("nobody");
    }

    @Test
    void refusalsAreOneSentence() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Ran.fovea("models", "pull", "nobody").refuses("nobody");
        Ran.fovea("models", "pull").refuses("NAME");
        Ran.fovea("models", "pull", "yunet", "--from", "gopher://x", "--json").refuses("gopher://x");
        Ran.fovea("models", "pull", "yunet", "--from", empty.toString(), "--json")
                .refuses(empty.toString());
        Ran.fovea("models", "import", empty.toString()).refuses(empty.toString());
        Ran.fovea("models", "import", folder.resolve("nowhere").toString()).refuses("nowhere");
        Files.write(empty.resolve(YUNET), new byte[YUNET_BYTES]);
        Ran.fovea("models", "pull", "yunet", "--from", empty.toString(), "--json")
                .refuses("yunet");
        assertThat(models).isEmptyDirectory();
        Files.delete(models);
        Files.writeString(models, "a file in the way");
        Ran.fovea("models", "pull", "yunet", "--from", empty.toString(), "--json")
                .refuses("models");
    }

    @Test
    void anAlteredModelMakesVerifyFail() throws IOException {
        assertThat(Ran.fovea("models", "verify").code()).isZero();
        Files.createDirectories(models);
        Files.write(models.resolve(YUNET), new byte[YUNET_BYTES]);
        Ran ran = Ran.fovea("models", "verify");
        assertThat(ran.code()).isEqualTo(Main.BAD_INPUT);
        assertThat(ran.out()).contains(YUNET, "altered");
        assertThat(ran.complaints()).hasSize(1);
        assertThat(Ran.fovea("models", "verify", "--json").out()).contains("\"whole\":false");
    }

    @Test
    void theLicenceIsShownAndTheModelComes() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/guess/oracle.onnx", request -> {
            request.sendResponseHeaders(200, WEIGHTS.length);
            request.getResponseBody().write(WEIGHTS);
            request.close();
        });
        server.start();
        try {
            String from = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(pull("oracle", "--from", from))
                    .containsSubsequence("oracle belongs to somebody; its licence is MIT", "oracle.onnx is new");
            assertThat(models.resolve("oracle.onnx")).hasBinaryContent(WEIGHTS);
            assertThat(pull("oracle", "--from", from)).contains("is here already");
            assertThat(pull("oracle", "--from", from, "--json")).contains("\"outcome\":\"present\"");
        } finally {
            server.stop(0);
        }
    }

    /** A limit on the size of files stands in for a full disk. */
    @Test
    void aFullDiskIsOneSentence() throws Exception {
        Path mirror = Files.createDirectory(folder.resolve("mirror"));
        Files.write(mirror.resolve(YUNET), new byte[YUNET_BYTES]);
        Ran ran = Ran.process(
                "FOVEA_MODELS='" + models + "'; export FOVEA_MODELS; ulimit -f 8; exec \"$0\" \"$@\"",
                "models",
                "pull",
                "yunet",
                "--json",
                "--from",
                mirror.toString());
        ran.refuses(YUNET);
    }

    private String pull(String... words) throws IOException {
        var listing = new Listing(
                "oracle",
                "guessing",
                "Guesses.",
                "MIT",
                "guess/oracle.onnx",
                WEIGHTS.length,
                sha256(WEIGHTS),
                List.of(0.0, 1.0));
        var catalogue =
                new Catalogue("somebody", "https://example.org/", "https://example.org/%s/LICENSE", List.of(listing));
        var out = new ByteArrayOutputStream();
        var line = new CommandLine(new ModelsPull(
                Console.of(out, new ByteArrayOutputStream()), new Interrupt(), () -> ModelStore.of(models, catalogue)));
        line.parseArgs(words);
        Callable<Integer> command = line.getCommand();
        try {
            assertThat(command.call()).isZero();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(content));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
