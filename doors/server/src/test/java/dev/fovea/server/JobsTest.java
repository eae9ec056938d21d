package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.image.Exif;
import dev.fovea.image.Shot;
import dev.fovea.sample.Visage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to an order, told over HTTP. */
class JobsTest {
    @TempDir
    Path folder;

    private StudioServer studio;
    private Client client;

    @BeforeEach
    void start() {
        open(Settings.Limits.NORMAL);
    }

    private void open(Settings.Limits limits) {
        studio = StudioServer.start(Settings.local(0).withFolder(folder).withLimits(limits));
        client = new Client(studio);
    }

    private void reopen(Settings.Limits limits) {
        stop();
        open(limits);
    }

    @AfterEach
    void stop() {
        client.close();
        studio.close();
        assertThat(folder).as("nothing stays behind").isEmptyDirectory();
    }

    private static Client.File[] burst(int frames) {
        return Stream.iterate(0, i -> i + 1)
                .limit(frames)
                .map(i -> new Client.File("frame-" + i + ".jpg", Pictures.frame(i)))
                .toArray(Client.File[]::new);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> files(Map<String, Object> job) {
        return (List<Map<String, Object>>) job.get("files");
    }

    @Test
    void aBurstBecomesAPictureThatCanBeFetched() {
        Client.Reply posted = client.post("/api/night", Map.of("tolerance", "2"), burst(3));
        assertThat(posted.status()).isEqualTo(202);
        assertThat(posted.header("Location"))
                .isEqualTo("/api/jobs/" + posted.json().get("id"));
        Map<String, Object> job = client.ended(posted);
        assertThat(job).containsEntry("state", "done").containsEntry("error", null);
        assertThat((String) job.get("command")).contains("./fovea night").contains("--tolerance 2");
        assertThat((String) job.get("java")).contains("NightShot");
        Map<String, Object> result = files(job).getFirst();
        assertThat(result)
                .containsEntry("role", "result")
                .containsEntry("width", 96)
                .containsEntry("height", 64);
        Client.Reply picture = client.get((String) result.get("url"));
        assertThat(picture.status()).isEqualTo(200);
        assertThat(picture.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(picture.whole().body()).startsWith(0xFF, 0xD8);
        assertThat(client.get(result.get("url") + "?download=true").header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"night.jpg\"");
        assertThat(files(job)).extracting(f -> f.get("role")).contains("before", "explain");
    }

    @Test
    void whatWasSeenComesAsTheCommandTellsIt() {
        byte[] face = Pictures.jpeg(Visage.drawn(320, 0.6, 3), Exif.NONE);
        Map<String, Object> job = client.ended(client.post("/api/see", Map.of(), new Client.File("她.jpg", face)));
        assertThat(job).as("%s", job).containsEntry("state", "done");
        Map<?, ?> report = (Map<?, ?>) job.get("report");
        assertThat(report.get("file")).isEqualTo("她.jpg");
        assertThat((List<?>) report.get("faces")).hasSize(1);
    }

    @Test
    void aPlainPortraitAnswersEveryTouch() {
        byte[] face = Pictures.jpeg(Visage.drawn(320, 0.6, 3), Exif.NONE);
        Map<String, Object> job = client.ended(client.post("/api/portrait", Map.of(), new Client.File("p.jpg", face)));
        assertThat(job).as("%s", job).containsEntry("state", "done").containsEntry("portrait", true);
        String path = "/api/jobs/" + job.get("id");
        for (String wish : List.of("/focus?aperture=1.4", "/light?preset=stage", "/light?lx=1&ly=0&lz=0.2", "/pop")) {
            Client.Reply answer = client.get(path + wish);
            assertThat(answer.status()).as("%s: %s", wish, answer.text()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo("image/jpeg");
            assertThat(answer.header("X-Fovea-Report")).contains("subject");
        }
        assertThat(client.get(path + "/light?preset=moon").status()).isEqualTo(400);
        assertThat(client.get(path + "/light?lx=left").error()).contains("'left', which is no number");
        assertThat(client.get(path + "/focus?width=full").header("Content-Disposition"))
                .contains("attachment");
    }

    @Test
    void whatCannotBeUsedIsToldInOneSentenceWithoutAnyPath() {
        byte[] half = Pictures.frame(1);
        var cut = new Client.File("../../etc/half.jpg", java.util.Arrays.copyOf(half, half.length / 3));
        Map<String, Object> job = client.ended(client.post("/api/see", Map.of(), cut));
        assertThat(job).containsEntry("state", "failed");
        Map<?, ?> error = (Map<?, ?>) job.get("error");
        assertThat(error.get("status")).isEqualTo(422);
        assertThat((String) error.get("error")).startsWith("half.jpg ").doesNotContain(folder.toString());
    }

    @Test
    void wrongWishesAreRefusedAtOnceOrByTheJob() {
        assertThat(client.post("/api/night", Map.of()).error()).contains("night takes 1 to 64 files");
        assertThat(client.post("/api/depth", Map.of(), burst(1)).error()).contains("depth takes 2 files");
        assertThat(client.post("/api/see", Map.of("sample", "moon")).error()).contains("There is no sample 'moon'");
        for (Map<String, String> wish : List.of(
                Map.of("tolerance", "99"), Map.of("look", "odd"), Map.of("format", "dng"), Map.of("denoise", "NaN"))) {
            Map<String, Object> job = client.ended(client.post("/api/night", wish, burst(2)));
            assertThat(((Map<?, ?>) job.get("error")).get("status"))
                    .as("%s", wish)
                    .isEqualTo(400);
        }
    }

    @Test
    void thePositionStaysBehindUnlessItIsAskedFor() throws IOException {
        var position = new Exif.Tag(Exif.Directory.GPS, 1, 2, 2, new byte[] {'N', 0});
        byte[] placed = Pictures.jpeg(Visage.drawn(160, 0.6, 3), Exif.NONE.with(position));
        var photo = new Client.File("placed.jpg", placed);
        assertThat(position(client.ended(client.post("/api/colorpop", Map.of(), photo))))
                .isFalse();
        assertThat(position(client.ended(client.post("/api/colorpop", Map.of("keepGps", "true"), photo))))
                .isTrue();
    }

    private boolean position(Map<String, Object> job) throws IOException {
        byte[] bytes =
                client.get((String) files(job).getFirst().get("url")).whole().body();
        Path file = Files.createTempFile("fovea-test-", ".jpg");
        Files.write(file, bytes);
        Exif exif = Shot.read(file).exif();
        Files.delete(file);
        return exif.tags().stream().anyMatch(t -> t.directory() == Exif.Directory.GPS);
    }

    @Test
    void aCancelledJobIsForgottenWithItsFiles() {
        Client.Reply posted = client.post("/api/superres", Map.of("sample", "burst"));
        String path = "/api/jobs/" + posted.json().get("id");
        assertThat(client.delete(path).status()).isEqualTo(204);
        assertThat(client.get(path).status()).isEqualTo(404);
        assertThat(client.delete(path).status()).isEqualTo(404);
    }

    @Test
    void twoHundredJobsAtOnceAreAllDone() throws Exception {
        var ids = java.util.Collections.synchronizedList(new ArrayList<Client.Reply>());
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                threads.submit(() -> ids.add(client.post("/api/night", Map.of(), burst(1))));
            }
        }
        assertThat(ids).hasSize(200).allSatisfy(r -> assertThat(r.status()).isEqualTo(202));
        assertThat(ids).allSatisfy(r -> assertThat(client.ended(r)).containsEntry("state", "done"));
    }

    @Test
    void tooManyJobsAreRefusedClearly() {
        reopen(Settings.Limits.NORMAL.withWaiting(4, 2));
        var statuses = new ArrayList<Integer>();
        for (int i = 0; i < 8; i++) {
            Client.Reply reply = client.post("/api/superres", Map.of("sample", "burst"));
            statuses.add(reply.status());
            if (reply.status() == 429) {
                assertThat(reply.error()).contains("2 jobs waiting already");
                assertThat(reply.header("Retry-After")).isEqualTo("10");
            }
        }
        assertThat(statuses).contains(202, 429);
        reopen(Settings.Limits.NORMAL.withWaiting(1, 2));
        statuses.clear();
        for (int i = 0; i < 6; i++) {
            statuses.add(client.post("/api/superres", Map.of("sample", "burst")).status());
        }
        assertThat(statuses).contains(202, 503);
    }

    @Test
    void whatNeedsTooMuchMemoryIsRefusedBeforeItIsRead() {
        reopen(Settings.Limits.NORMAL.withMemory(20 << 20));
        Client.Reply reply = client.post("/api/superres", Map.of("sample", "burst"));
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.error()).contains("MiB of memory").contains("FOVEA_OPTS");
    }

    @Test
    void whatOneNeedsIsJudgedByPixelsNotByBytes() throws IOException {
        Path file = folder.resolve("padded.jpg");
        byte[] small = Pictures.frame(1);
        Files.write(file, java.util.Arrays.copyOf(small, 4 << 20));
        assertThat(new Input(file).pixels()).isEqualTo(96 * 64);
        Path clip = folder.resolve("clip.mp4");
        try (var in = Sample.class.getResourceAsStream("samples/clip.mp4")) {
            Files.copy(in, clip);
        }
        assertThat(new Input(clip).pixels()).isEqualTo(640 * 480);
        Files.delete(file);
        Files.delete(clip);
    }

    @Test
    void aBurstOfAPhoneFitsIntoThreeGigabytes() {
        Pixels burst = Pixels.of(8, 12_000_000);
        assertThat(new NightService().memory(burst, Map.of())).isLessThan(2L << 30);
        assertThat(new SuperResService().memory(burst, Map.of())).isLessThan(3L << 30);
        assertThat(new SuperResService().memory(burst, Map.of("scale", "3"))).isGreaterThan(3L << 30);
    }

    @Test
    void filesThatAreTooLargeAreRefused() {
        reopen(Settings.Limits.NORMAL.withUpload(4096, 8192));
        var large = new Client.File("large.jpg", new byte[6000]);
        assertThat(client.post("/api/see", Map.of(), large).status()).isEqualTo(413);
        var larger = new Client.File("larger.jpg", new byte[20_000]);
        assertThat(client.post("/api/see", Map.of(), larger).status()).isEqualTo(413);
    }

    @Test
    void filesAreForgottenWhenNobodyAsksForThem() {
        reopen(Settings.Limits.NORMAL.withKeep(Duration.ofMinutes(2)));
        Map<String, Object> job = client.ended(client.post("/api/night", Map.of(), burst(2)));
        String url = (String) files(job).getFirst().get("url");
        studio.jobs().sweep(Instant.now().plusSeconds(60));
        assertThat(client.get(url).status()).isEqualTo(200);
        studio.jobs().sweep(Instant.now().plusSeconds(600));
        assertThat(client.get(url).status()).isEqualTo(404);
    }
}
