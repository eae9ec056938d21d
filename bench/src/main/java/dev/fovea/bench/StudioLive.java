package dev.fovea.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.fovea.server.Settings;
import dev.fovea.server.StudioServer;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Colour retention of a camera in Chromium, browser and server on this machine: frames a second, and from picture to painting. */
final class StudioLive {
    private static final double WANTED_RATE = 25;
    private static final double WANTED_LATENCY = 120;
    private static final double WANTED_SERVER = 15;
    private static final int WARM_MILLIS = 12_000;
    private static final int SECONDS = 15;

    /**
     * The figures.
     *
     * @param rate frames painted a second
     * @param median milliseconds from a frame's arrival in the page to its painting on the page
     * @param latency95 the same of 95 in 100
     * @param server milliseconds a frame that the server spends, waiting for the processors included
     * @param processor milliseconds of the processors' time that the server's process takes a frame: what does not depend on what else runs
     * @param browser the same of Chromium's processes
     * @param dropped frames a second that were left out
     * @param load of the machine in the last minute: what else ran
     */
    record Figures(
            double rate,
            double median,
            double latency95,
            double server,
            double processor,
            double browser,
            double dropped,
            double load) {}

    private record Sample(double shown, double dropped, double latency, double latency95, double server) {
        static Sample of(Page page) {
            Map<?, ?> told = (Map<?, ?>) page.evaluate("() => document.querySelector('fovea-camera').figures");
            return new Sample(
                    number(told, "shown"),
                    number(told, "dropped"),
                    number(told, "latency"),
                    number(told, "latency95"),
                    number(told, "server"));
        }

        private static double number(Map<?, ?> told, String name) {
            return told.get(name) instanceof Number n ? n.doubleValue() : Double.NaN;
        }
    }

    private StudioLive() {}

    static Object run(Path data, PrintStream out) throws IOException {
        Optional<Path> chromium = chromium();
        if (chromium.isEmpty()) {
            out.println("Live: skipped, no Chromium was found; install one or name it in CHROMIUM.");
            return List.of();
        }
        Path folder = Files.createTempDirectory("fovea-bench-");
        Path film = folder.resolve("camera.mjpeg");
        try (var stream = Files.newOutputStream(film)) {
            for (byte[] jpeg : StudioClip.frames(data)) {
                stream.write(jpeg);
            }
        }
        try (var studio = StudioServer.start(Settings.local(0).withFolder(folder))) {
            Figures figures = measured(studio, chromium.get(), film);
            print(figures, out);
            return figures;
        } finally {
            Files.delete(film);
            Files.delete(folder);
        }
    }

    private static Figures measured(StudioServer studio, Path chromium, Path film) {
        try (var playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium)
                                .setArgs(List.of(
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--disable-background-networking",
                                        "--use-fake-ui-for-media-stream",
                                        "--use-fake-device-for-media-stream",
                                        "--use-file-for-fake-video-capture=" + film)))) {
            Page page = browser.newPage(
                    new Browser.NewPageOptions().setViewportSize(1280, 900).setPermissions(List.of("camera")));
            page.navigate(studio.address() + "#/live");
            page.locator(".live-panel .primary").click();
            page.waitForTimeout(WARM_MILLIS);
            Sample before = Sample.of(page);
            double own = own();
            double others = others();
            page.waitForTimeout(1000.0 * SECONDS);
            Sample after = Sample.of(page);
            double frames = Math.max(1, after.shown - before.shown);
            return new Figures(
                    frames / SECONDS,
                    after.latency,
                    after.latency95,
                    after.server,
                    1000 * (own() - own) / frames,
                    1000 * (others() - others) / frames,
                    (after.dropped - before.dropped) / SECONDS,
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        }
    }

    /** Seconds of this process. */
    private static double own() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / 1e9;
    }

    /** Seconds of those that it started: the browser, and what talks to it. */
    private static double others() {
        return ProcessHandle.current()
                        .descendants()
                        .mapToLong(p -> p.info()
                                .totalCpuDuration()
                                .orElse(Duration.ZERO)
                                .toNanos())
                        .sum()
                / 1e9;
    }

    private static Optional<Path> chromium() {
        String path = System.getenv("PATH");
        Stream<Path> named = Stream.ofNullable(System.getenv("CHROMIUM")).map(Path::of);
        Stream<Path> found = Stream.of(path == null ? new String[0] : path.split(java.io.File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)));
        return Stream.concat(named, found).filter(Files::isExecutable).findFirst();
    }

    private static void print(Figures f, PrintStream out) {
        out.println("Live: 640 x 480, colour retention, one stream in Chromium on this machine");
        line(out, "frames a second", f.rate, WANTED_RATE, f.rate >= WANTED_RATE, "at least");
        out.printf(Locale.ROOT, "%-34s %8.1f%n", "latency, median (ms)", f.median);
        line(out, "latency, 95 in 100 (ms)", f.latency95, WANTED_LATENCY, f.latency95 <= WANTED_LATENCY, "at most");
        line(out, "server, a frame (ms)", f.server, WANTED_SERVER, f.server <= WANTED_SERVER, "at most");
        out.printf(Locale.ROOT, "%-34s %8.1f%n", "its processor time (ms)", f.processor);
        out.printf(Locale.ROOT, "%-34s %8.1f%n", "the browser's (ms)", f.browser);
        out.printf(Locale.ROOT, "%-34s %8.1f%n", "dropped a second", f.dropped);
        out.printf(Locale.ROOT, "%-34s %8.1f%n", "load of the machine", f.load);
    }

    static void line(PrintStream out, String what, double is, double wanted, boolean met, String how) {
        out.printf(Locale.ROOT, "%-34s %8.1f %s %.0f%s%n", what, is, how, wanted, met ? "" : "  MISSED");
    }
}
