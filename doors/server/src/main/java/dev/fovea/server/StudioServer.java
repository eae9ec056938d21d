package dev.fovea.server;

import dev.fovea.vision.Effects;
import dev.fovea.vision.Eye;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * A running studio. Closing it cancels what runs and removes every temporary file.
 *
 * {@snippet :
 * try (var studio = StudioServer.start(Settings.local(0))) {
 *     System.out.println(studio.address());
 * }
 * }
 */
public final class StudioServer implements AutoCloseable {
    /** Connections that wait to be accepted: more than the usual 50 may come at once. */
    private static final int ACCEPTED = 1024;

    private final Settings settings;
    private final Workbench bench;
    private final Jobs jobs;
    private final Api api;
    private final LiveSocket live;
    private final Pages pages = new Pages("pages");
    private final Pages samples = new Pages("samples");
    private final Javalin javalin;
    private @Nullable Eye eye;

    private StudioServer(Settings settings) {
        this.settings = settings;
        bench = Workbench.in(settings.folder());
        jobs = new Jobs(settings.limits(), bench);
        Supplier<Eye> seeing = this::eye;
        api = new Api(bench, jobs, seeing);
        live = new LiveSocket(settings.limits().streams(), seeing, Effects::all);
        javalin = Javalin.create(this::configure);
    }

    /**
     * Starts one.
     *
     * @throws dev.fovea.BadInput if its folder cannot be written
     * @throws IllegalArgumentException if others may come but there is no token or key, or the port is taken
     */
    public static StudioServer start(Settings settings) {
        if (!settings.loopback()
                && (settings.token().isEmpty() || settings.keystore().isEmpty())) {
            throw new IllegalArgumentException("a studio that others can reach needs a token and a key for TLS");
        }
        var studio = new StudioServer(settings);
        try {
            studio.javalin.start();
            return studio;
        } catch (RuntimeException e) {
            studio.close();
            throw new IllegalArgumentException(
                    "Port " + settings.port() + " of " + settings.host() + " cannot be had; choose another with --port",
                    e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return javalin.port();
    }

    /** Where its pages are. */
    public String address() {
        return (settings.keystore().isPresent() ? "https://" : "http://") + settings.host() + ":" + port() + "/";
    }

    /** How many jobs wait and run. */
    public int busy() {
        return jobs.busy();
    }

    /** How many live streams there are. */
    public int streams() {
        return live.streams();
    }

    List<Route> routes() {
        return api.routes();
    }

    Jobs jobs() {
        return jobs;
    }

    Javalin javalin() {
        return javalin;
    }

    /** Networks are opened when they are first needed, and shared. */
    private synchronized Eye eye() {
        Eye open = eye;
        if (open == null) {
            eye = open = Eye.open();
        }
        return open;
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        Settings.Limits limits = settings.limits();
        config.jetty.multipartConfig.cacheDirectory(bench.folder().toString());
        config.jetty.multipartConfig.maxFileSize(limits.fileBytes(), SizeUnit.BYTES);
        config.jetty.multipartConfig.maxTotalRequestSize(limits.requestBytes(), SizeUnit.BYTES);
        config.jetty.multipartConfig.maxInMemoryFileSize(1 << 18, SizeUnit.BYTES);
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setRequestHeaderSize(16 << 10);
        });
        // JPEGs cannot be made smaller, only slower.
        config.jetty.modifyWebSocketServletFactory(
                sockets -> sockets.getAvailableExtensionNames().remove("permessage-deflate"));
        config.jetty.addConnector((server, http) -> connector(server, http));
        var guard = new Guard(settings);
        config.routes.before(guard::check);
        config.routes.wsBeforeUpgrade(guard::check);
        config.routes.exception(Exception.class, (e, c) -> Api.complain(c, e));
        api.routes().forEach(r -> config.routes.addEndpoint(new Endpoint(r.method(), r.path(), r.handler())));
        config.routes.ws("/api/live", live::configure);
        config.routes.addEndpoint(new Endpoint(HandlerType.GET, "/", c -> page(c, pages, "index.html")));
        config.routes.addEndpoint(
                new Endpoint(HandlerType.GET, "/samples/<name>", c -> page(c, samples, c.pathParam("name"))));
        config.routes.addEndpoint(new Endpoint(HandlerType.GET, "/<name>", c -> page(c, pages, c.pathParam("name"))));
        config.routes.error(404, c -> unknown(c));
        config.routes.error(
                405, c -> Api.complain(c, new Trouble.Refused(405, "This address does not take that method.")));
    }

    private ServerConnector connector(
            org.eclipse.jetty.server.Server server, org.eclipse.jetty.server.HttpConfiguration http) {
        ServerConnector connector = settings.keystore()
                .map(key -> {
                    http.addCustomizer(new org.eclipse.jetty.server.SecureRequestCustomizer(false));
                    var tls = new SslContextFactory.Server();
                    tls.setKeyStorePath(key.file().toUri().toString());
                    tls.setKeyStorePassword(key.password());
                    return new ServerConnector(
                            server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http));
                })
                .orElseGet(() -> new ServerConnector(server, new HttpConnectionFactory(http)));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setAcceptQueueSize(ACCEPTED);
        return connector;
    }

    private static void page(Context c, Pages from, String name) {
        Pages.Page page = from.find(name)
                .orElseThrow(() -> new Trouble.Refused(Trouble.UNKNOWN, "There is nothing at this address."));
        c.header("ETag", page.tag());
        c.header("Cache-Control", "no-cache");
        if (page.tag().equals(c.header("If-None-Match"))) {
            c.status(304);
        } else if (page.type().startsWith("video/")) {
            c.writeSeekableStream(new java.io.ByteArrayInputStream(page.bytes()), page.type(), page.bytes().length);
        } else {
            c.contentType(page.type()).result(page.bytes());
        }
    }

    private static void unknown(Context c) {
        if (c.result() == null || !String.valueOf(c.result()).startsWith("{")) {
            Api.complain(c, new Trouble.Refused(Trouble.UNKNOWN, "There is nothing at this address."));
        }
    }

    @Override
    public void close() {
        live.close();
        javalin.stop();
        jobs.close();
        synchronized (this) {
            if (eye != null) {
                eye.close();
                eye = null;
            }
        }
        bench.close();
    }
}
