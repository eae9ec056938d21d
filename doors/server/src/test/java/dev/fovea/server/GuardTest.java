package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardTest {
    private StudioServer studio;
    private Client client;

    @BeforeAll
    void start(@TempDir Path folder) {
        studio = StudioServer.start(Settings.local(0).withFolder(folder));
        client = new Client(studio);
    }

    @AfterAll
    void stop() {
        client.close();
        studio.close();
    }

    /** A request as it is, for clients that would not send it. */
    private String raw(String request) throws IOException {
        try (var socket = new Socket("localhost", studio.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            return String.valueOf(in.readLine());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.com", "localhost.evil.com", "127.0.0.1.evil.com:80", "10.0.0.1"})
    void anotherHostsNameIsRefused(String host) throws IOException {
        assertThat(raw("GET /api/services HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .contains(" 403 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]"})
    void thisMachineIsLetIn(String host) throws IOException {
        assertThat(raw("GET /api/services HTTP/1.1\r\nHost: " + host + ":" + studio.port()
                        + "\r\nConnection: close\r\n\r\n"))
                .contains(" 200 ");
    }

    @Test
    void pagesOfOtherOriginsAreRefused() {
        HttpRequest foreign = client.to("/api/night")
                .header("Origin", "http://evil.com")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(client.send(foreign).status()).isEqualTo(403);
        HttpRequest sandboxed =
                client.to("/api/services").header("Origin", "null").build();
        assertThat(client.send(sandboxed).status()).isEqualTo(403);
    }

    @Test
    void pagesOfOtherSitesMayLinkHereAndNoMore() {
        assertThat(client.send(client.to("/api/services")
                                .header("Sec-Fetch-Site", "cross-site")
                                .header("Sec-Fetch-Mode", "no-cors")
                                .build())
                        .status())
                .isEqualTo(403);
        assertThat(client.send(client.to("/")
                                .header("Sec-Fetch-Site", "cross-site")
                                .header("Sec-Fetch-Mode", "navigate")
                                .build())
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../pom.xml",
                "/..%2f..%2fStudio.class",
                "/%2e%2e/Studio.class",
                "/pages/../../Studio.class",
                "/samples/..%2fpages%2findex.html",
                "/words//en.json",
                "/.git/config",
                "/api/jobs/../../etc/passwd",
                "/api/jobs/x/files/..%2f..%2fetc%2fpasswd",
                "/index.html%00.js"
            })
    void noPathLeadsOut(String path) throws IOException {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .containsPattern(" 40[04] ");
    }

    @Test
    void everyAnswerCarriesTheHeadersThatKeepItSafe() {
        for (String path : new String[] {"/", "/api/services", "/nothing", "/api/jobs/x"}) {
            Client.Reply reply = client.get(path);
            assertThat(reply.header("Content-Security-Policy")).as(path).contains("default-src 'none'");
            assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(reply.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
            assertThat(reply.header("Server")).isEmpty();
        }
    }

    @Test
    void errorsAreJsonOfOneSentence() {
        for (String path : new String[] {"/nothing", "/api/nothing", "/api/jobs/x", "/api/jobs/x/focus"}) {
            Client.Reply reply = client.get(path);
            assertThat(reply.status()).as(path).isEqualTo(404);
            assertThat(reply.error()).endsWith(".");
        }
        assertThat(client.delete("/api/night").status()).isEqualTo(405);
        assertThat(client.delete("/api/night").error()).endsWith(".");
    }

    @Test
    void anOpenStudioAsksForTlsAndAToken(@TempDir Path folder) {
        var open = new Settings(
                "0.0.0.0", 0, java.util.Optional.empty(), java.util.Optional.empty(), folder, Settings.Limits.NORMAL);
        assertThatThrownBy(() -> StudioServer.start(open))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("token");
    }

    @Test
    void fromANetworkTheTokenOpensAndNothingElseDoes(@TempDir Path folder) throws Exception {
        var key = Certificate.make("localhost", folder.resolve("key.p12"));
        var settings = new Settings(
                "0.0.0.0",
                0,
                java.util.Optional.of("secret"),
                java.util.Optional.of(key),
                folder,
                Settings.Limits.NORMAL);
        try (var open = StudioServer.start(settings);
                var http = trusting(key)) {
            String address = "https://localhost:" + open.port();
            assertThat(status(http, address + "/", Map.of())).isEqualTo(401);
            assertThat(status(http, address + "/api/services", Map.of("Authorization", "Bearer wrong")))
                    .isEqualTo(401);
            assertThat(status(http, address + "/api/services", Map.of("Authorization", "Bearer secret")))
                    .isEqualTo(200);
            assertThat(status(http, address + "/?token=secret", Map.of())).isEqualTo(302);
            assertThat(status(http, address + "/api/services", Map.of("Cookie", "fovea-token=secret")))
                    .isEqualTo(200);
            assertThat(status(
                            http,
                            address + "/api/services",
                            Map.of("Cookie", "fovea-token=secret", "Origin", "https://evil.com")))
                    .isEqualTo(403);
        }
    }

    private static int status(java.net.http.HttpClient http, String address, Map<String, String> headers)
            throws Exception {
        var request = HttpRequest.newBuilder(java.net.URI.create(address));
        headers.forEach(request::header);
        return http.send(request.build(), java.net.http.HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static java.net.http.HttpClient trusting(Settings.Keystore key) throws Exception {
        var store = java.security.KeyStore.getInstance(
                key.file().toFile(), key.password().toCharArray());
        var trust = javax.net.ssl.TrustManagerFactory.getInstance("PKIX");
        var certificates = java.security.KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("fovea", store.getCertificate("fovea"));
        trust.init(certificates);
        var tls = javax.net.ssl.SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return java.net.http.HttpClient.newBuilder().sslContext(tls).build();
    }
}
