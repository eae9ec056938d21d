package dev.fovea.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fovea.BadInput;
import dev.fovea.Cancelled;
import dev.fovea.Work;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pulling from a server that behaves, and from servers that do not. */
@Timeout(60)
class PullTest {
    private static final byte[] WEIGHTS = new byte[300_000];
    private static final int HALF = 120_000;

    static {
        new Random(4).nextBytes(WEIGHTS);
    }

    private static final Listing LISTING = new Listing(
            "oracle",
            "guessing",
            "Guesses well.",
            "MIT",
            "guess/oracle.onnx",
            WEIGHTS.length,
            Sha256.of(WEIGHTS),
            List.of(0.0, 1.0));
    private static final Catalogue CATALOGUE =
            new Catalogue("o", "https://localhost:1/", "https://example.org/%s/LICENSE", List.of(LISTING));

    /** What a server answers with. */
    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange request) throws IOException;
    }

    @TempDir
    Path folder;

    private final List<String> ranges = new ArrayList<>();
    private Answer answer = PullTest::whole;
    private HttpServer server;
    private String address = "";
    private ModelStore store;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/models/guess/oracle.onnx", request -> {
            ranges.add(String.valueOf(request.getRequestHeaders().getFirst("Range")));
            answer.to(request);
            request.close();
        });
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort() + "/models";
        store = ModelStore.of(folder.resolve("public"), CATALOGUE);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aModelIsPulledOnce() {
        Gain gain = store.pull(LISTING, address);
        assertThat(gain.outcome()).isEqualTo(Gain.Outcome.ADDED);
        assertThat(gain.file()).hasBinaryContent(WEIGHTS);
        assertThat(store.pull(LISTING, address + "/").outcome()).isEqualTo(Gain.Outcome.PRESENT);
        assertThat(ranges).containsExactly("null");
        onlyTheModelIsThere();
    }

    @Test
    void anInterruptedDownloadGoesOn() {
        answer = request -> {
            request.sendResponseHeaders(200, WEIGHTS.length);
            request.getResponseBody().write(WEIGHTS, 0, HALF);
        };
        refused("broke off after", "run the same command again");
        long arrived = part().toFile().length();
        assertThat(arrived).isPositive().isLessThanOrEqualTo(HALF);
        assertThat(folder.resolve("public/oracle.onnx")).doesNotExist();
        answer = PullTest::ranged;
        assertThat(store.pull(LISTING, address).file()).hasBinaryContent(WEIGHTS);
        assertThat(ranges).containsExactly("null", "bytes=" + arrived + "-");
        onlyTheModelIsThere();
    }

    @Test
    void aServerThatIgnoresRangesStartsAgain() throws IOException {
        partly(HALF);
        assertThat(store.pull(LISTING, address).file()).hasBinaryContent(WEIGHTS);
        assertThat(ranges).containsExactly("bytes=" + HALF + "-");
    }

    @Test
    void aServerThatSendsAnotherRangeIsNotBelieved() throws IOException {
        partly(HALF);
        answer = request -> {
            request.getResponseHeaders().add("Content-Range", "bytes 0-9/300000");
            request.sendResponseHeaders(206, 10);
            request.getResponseBody().write(WEIGHTS, 0, 10);
        };
        refused("other bytes");
        assertThat(part()).hasSize(HALF);
    }

    @Test
    void aRangeThatTheServerCannotGiveStartsAgain() throws IOException {
        partly(HALF);
        answer = request -> {
            if (request.getRequestHeaders().containsKey("Range")) {
                request.sendResponseHeaders(416, -1);
            } else {
                whole(request);
            }
        };
        assertThat(store.pull(LISTING, address).file()).hasBinaryContent(WEIGHTS);
    }

    @Test
    void aWholePartIsOnlyChecked() throws IOException {
        partly(WEIGHTS.length);
        assertThat(store.pull(LISTING, address).file()).hasBinaryContent(WEIGHTS);
        assertThat(ranges).isEmpty();
    }

    @Test
    void wrongContentIsThrownAway() {
        answer = request -> {
            byte[] wrong = WEIGHTS.clone();
            wrong[HALF]++;
            request.sendResponseHeaders(200, wrong.length);
            request.getResponseBody().write(wrong);
        };
        refused("oracle", "other content", "thrown away");
        assertThat(folder.resolve("public")).isEmptyDirectory();
    }

    @Test
    void aFileOfAnotherLengthIsRefusedBeforeItIsRead() {
        answer = request -> {
            request.sendResponseHeaders(200, 130);
            request.getResponseBody().write(new byte[130]);
        };
        refused("130 bytes instead of 300000");
    }

    @Test
    void anEndlessFileIsCutAtItsLength() {
        answer = request -> {
            request.sendResponseHeaders(200, 0); // chunked
            request.getResponseBody().write(WEIGHTS);
            request.getResponseBody().write(WEIGHTS);
        };
        assertThat(store.pull(LISTING, address).file()).hasBinaryContent(WEIGHTS);
    }

    @Test
    void aRedirectIsFollowed() {
        server.createContext("/moved", request -> {
            request.getResponseHeaders().add("Location", "/models/guess/oracle.onnx");
            request.sendResponseHeaders(302, -1);
            request.close();
        });
        assertThat(store.pull(LISTING, address.replace("/models", "/moved")).file())
                .hasBinaryContent(WEIGHTS);
    }

    @Test
    void refusalsAreOneSentence() throws IOException {
        refusedFrom(address + "/elsewhere", "is not there (HTTP 404)");
        answer = request -> request.sendResponseHeaders(503, -1);
        refused("HTTP 503");
        int nobody;
        try (var free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        refusedFrom("http://127.0.0.1:" + nobody, "cannot be reached", "import");
        refusedFrom("http://nowhere.invalid/", "cannot be reached", "nowhere.invalid");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.pull(LISTING, "ftp://127.0.0.1/"))
                .withMessageContaining("ftp://127.0.0.1/");
    }

    @Test
    void aFullDiskIsRefusedBeforeTheDownload() throws IOException {
        partly(HALF);
        Shelf full = new Shelf(folder.resolve("public"), place -> 100_000);
        ModelStore store = ModelStore.of(getClass().getClassLoader(), full, CATALOGUE);
        assertThatThrownBy(() -> store.pull(LISTING, address))
                .isInstanceOf(BadInput.class)
                .hasMessageContainingAll("has room for 97 KiB", "needs 175 KiB");
        assertThat(ranges).isEmpty();
        assertThat(part()).hasSize(HALF);
    }

    @Test
    void aFolderThatCannotBeWrittenIsOneSentence() throws IOException {
        Files.writeString(folder.resolve("public"), "a file in the way");
        refused("public");
        assertThat(ranges).isEmpty();
    }

    @Test
    void cancellingKeepsWhatHasArrived() {
        var stop = new Work.Listener() {
            private boolean asked;

            @Override
            public void step(String name, double fraction) {
                asked = fraction > 0.3;
            }

            @Override
            public boolean cancelled() {
                return asked;
            }
        };
        assertThatThrownBy(() -> Work.run(stop, () -> store.pull(LISTING, address)))
                .isInstanceOf(Cancelled.class);
        assertThat(part().toFile().length()).isBetween(90_000L, 299_999L);
        answer = PullTest::ranged;
        assertThat(store.pull(LISTING, address).file()).hasBinaryContent(WEIGHTS);
        assertThat(ranges.getLast()).startsWith("bytes=");
    }

    @Test
    void twoPullsOfOneModelDoNotMeet() throws IOException {
        partly(HALF);
        try (var other = FileChannel.open(part(), StandardOpenOption.WRITE);
                var lock = other.lock()) {
            assumeTrue(lock.isValid());
            refused("is being pulled already");
        }
        assertThat(part()).hasSize(HALF);
    }

    @Test
    void aFolderIsAMirrorToo() throws IOException {
        Path mirror = Files.createDirectories(folder.resolve("mirror/guess"));
        Files.write(mirror.resolve("oracle.onnx"), WEIGHTS);
        partly(HALF);
        assertThat(store.pull(LISTING, mirror.getParent().toString()).file()).hasBinaryContent(WEIGHTS);
        Files.delete(folder.resolve("public/oracle.onnx"));
        assertThat(store.pull(LISTING, mirror.toUri().toString()).file()).hasBinaryContent(WEIGHTS);
        Files.delete(folder.resolve("public/oracle.onnx"));
        refusedFrom(folder.toString(), "has neither");
        Files.write(mirror.resolve("oracle.onnx"), Arrays.copyOf(WEIGHTS, HALF));
        refusedFrom(mirror.toString(), "other content");
        assertThat(ranges).isEmpty();
    }

    @Test
    void anAlteredModelIsPulledAgain() throws IOException {
        store.pull(LISTING, address);
        Files.write(folder.resolve("public/oracle.onnx"), new byte[WEIGHTS.length]);
        assertThat(store.pull(LISTING, address).outcome()).isEqualTo(Gain.Outcome.ADDED);
        assertThat(folder.resolve("public/oracle.onnx")).hasBinaryContent(WEIGHTS);
    }

    @Test
    void anImportRecognisesContentNotNames() throws IOException {
        Path copied = Files.createDirectories(folder.resolve("copied/deep/down"));
        Files.write(copied.resolve("renamed.bin"), WEIGHTS);
        Files.writeString(copied.resolve("letter.txt"), "Dear Sir");
        assertThat(store.takeOver(folder.resolve("copied")))
                .extracting(Gain::outcome)
                .containsExactly(Gain.Outcome.ADDED);
        assertThat(folder.resolve("public/oracle.onnx")).hasBinaryContent(WEIGHTS);
        assertThat(store.takeOver(folder.resolve("copied")))
                .extracting(Gain::outcome)
                .containsExactly(Gain.Outcome.PRESENT);
        onlyTheModelIsThere();
    }

    @Test
    void anImportTellsAlteredFilesAndEmptyFolders() throws IOException {
        Path copied = Files.createDirectories(folder.resolve("copied"));
        assertThatThrownBy(() -> store.takeOver(copied))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("none");
        assertThatThrownBy(() -> store.takeOver(folder.resolve("nowhere"))).isInstanceOf(BadInput.class);
        Files.write(copied.resolve("oracle.onnx"), Arrays.copyOf(WEIGHTS, HALF));
        assertThat(store.takeOver(copied)).extracting(Gain::outcome).containsExactly(Gain.Outcome.ALTERED);
        assertThat(folder.resolve("public")).doesNotExist();
    }

    private static void whole(HttpExchange request) throws IOException {
        request.sendResponseHeaders(200, WEIGHTS.length);
        request.getResponseBody().write(WEIGHTS);
    }

    private static void ranged(HttpExchange request) throws IOException {
        String range = request.getRequestHeaders().getFirst("Range");
        int from = Integer.parseInt(range.replaceAll("\\D", ""));
        request.getResponseHeaders()
                .add("Content-Range", "bytes " + from + "-" + (WEIGHTS.length - 1) + "/" + WEIGHTS.length);
        request.sendResponseHeaders(206, WEIGHTS.length - from);
        request.getResponseBody().write(WEIGHTS, from, WEIGHTS.length - from);
    }

    private void partly(int bytes) throws IOException {
        Files.createDirectories(folder.resolve("public"));
        Files.write(part(), Arrays.copyOf(WEIGHTS, bytes));
    }

    private Path part() {
        return folder.resolve("public/oracle.onnx.part");
    }

    private void onlyTheModelIsThere() {
        assertThat(folder.resolve("public")).isDirectoryContaining(f -> f.endsWith("oracle.onnx"));
        assertThat(folder.resolve("public").toFile().list()).hasSize(1);
    }

    private void refused(String... words) {
        refusedFrom(address, words);
    }

    private void refusedFrom(String from, String... words) {
        assertThatThrownBy(() -> store.pull(LISTING, from))
                .isInstanceOf(BadInput.class)
                .message()
                .contains(words)
                .hasLineCount(1);
    }
}
