package dev.fovea.server;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets in whom the studio is for. On the loopback address that is whoever names this machine as the host, so that no name that an attacker
 * points here will do (DNS rebinding); and no page of another origin, whatever it asks for (cross-site request forgery). From a network it
 * is also a token.
 */
final class Guard {
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String COOKIE = "fovea-token";
    private static final String CONTENT = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' blob: data:",
            "media-src 'self' blob: mediastream:",
            "connect-src 'self'",
            "font-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");

    private final Settings settings;

    Guard(Settings settings) {
        this.settings = settings;
    }

    /** Judges a request before anything else does. */
    void check(Context request) {
        headers(request);
        String host = request.host();
        if (settings.loopback() && !here(host)) {
            throw refused("This studio is at localhost; the request was for " + shown(host) + ".");
        }
        String origin = request.header("Origin");
        if (origin != null && !origin.equals(own(host))) {
            throw refused("Pages of other origins may not use the studio.");
        }
        if (strange(request)) {
            throw refused("Pages of other sites may not use the studio.");
        }
        settings.token().ifPresent(token -> admit(request, token));
    }

    private static Trouble.Refused refused(String sentence) {
        return new Trouble.Refused(403, sentence);
    }

    private static boolean here(@Nullable String host) {
        return host != null && HERE.contains(host.replaceFirst(":\\d+$", ""));
    }

    private static String shown(@Nullable String host) {
        return host == null ? "no host" : host.replaceAll("[^A-Za-z0-9.:-]", "?");
    }

    private String own(@Nullable String host) {
        return (settings.keystore().isPresent() ? "https://" : "http://") + host;
    }

    /** Whether a browser says that another site asks. Following a link to the pages is all that one may do. */
    private static boolean strange(Context request) {
        String site = request.header("Sec-Fetch-Site");
        boolean other = site != null && !site.equals("same-origin") && !site.equals("none");
        boolean link = "navigate".equals(request.header("Sec-Fetch-Mode"))
                && request.method().equals(HandlerType.GET)
                && !request.path().startsWith("/api");
        return other && !link;
    }

    /** Who brings the token in the address gets it as a cookie, so that it does not stay in sight. */
    private static void admit(Context request, String token) {
        String given = request.queryParam("token");
        if (given != null && same(given, token)) {
            request.header(
                    "Set-Cookie",
                    COOKIE + "=" + token + "; HttpOnly; Secure; SameSite=Strict; Path=/; Max-Age=31536000");
            request.redirect("/");
            request.skipRemainingHandlers();
            return;
        }
        String bearer = Optional.ofNullable(request.header("Authorization")).orElse("");
        String cookie = Optional.ofNullable(request.cookie(COOKIE)).orElse("");
        if (!same(bearer.replaceFirst("^Bearer ", ""), token) && !same(cookie, token)) {
            throw new Trouble.Refused(401, "The studio asks for its token: open the address that it printed.");
        }
    }

    private static boolean same(String given, String token) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    private void headers(Context request) {
        request.header("Content-Security-Policy", CONTENT);
        request.header("X-Content-Type-Options", "nosniff");
        request.header("X-Frame-Options", "DENY");
        request.header("Referrer-Policy", "no-referrer");
        request.header("Cross-Origin-Opener-Policy", "same-origin");
        request.header("Cross-Origin-Resource-Policy", "same-origin");
        request.header("Permissions-Policy", "camera=(self), microphone=(), geolocation=()");
        if (settings.keystore().isPresent()) {
            request.header("Strict-Transport-Security", "max-age=31536000");
        }
    }
}
