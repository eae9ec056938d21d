package dev.fovea.server;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.ScreenshotType;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A browser and a studio for one class of stories. Whatever a page asks another host for is blocked and written down. */
final class Browser implements AutoCloseable {
    /** Where pictures of pages are left to be looked at. */
    static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static final int PATIENCE_MILLIS = 60_000;

    private final StudioServer studio;
    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> strangers = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    /** @param flags more of Chromium's own */
    Browser(Path folder, String... flags) {
        studio = StudioServer.start(Settings.local(0).withFolder(folder));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var all = new ArrayList<>(List.of(
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--enable-unsafe-swiftshader",
                "--autoplay-policy=no-user-gesture-required"));
        all.addAll(List.of(flags));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Chromium.find().orElseThrow())
                        .setArgs(all));
    }

    StudioServer studio() {
        return studio;
    }

    /** A page of its own, as somebody with such a screen, language and taste sees it. */
    Page page(int width, int height, String language, ColorScheme scheme) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setLocale(language)
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setPermissions(List.of("camera", "clipboard-read", "clipboard-write"))
                .setAcceptDownloads(true));
        contexts.add(context);
        context.route("**/*", route -> {
            URI to = URI.create(route.request().url());
            boolean own = !to.getScheme().startsWith("http") || "localhost".equals(to.getHost());
            if (own) {
                route.resume();
            } else {
                strangers.add(to.toString());
                route.abort();
            }
        });
        context.addInitScript("""
                window.shifted = 0;
                new PerformanceObserver((list) => {
                  for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifted += shift.value;
                }).observe({ type: 'layout-shift', buffered: true });
                """);
        Page page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.onConsoleMessage(m -> {
            if (m.type().equals("error")) {
                complaints.add(m.text() + " " + m.location());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    /** One as most people have it. */
    Page page() {
        return page(1280, 900, "en-GB", ColorScheme.LIGHT);
    }

    /** Goes to a page of the studio, such as night. */
    void visit(Page page, String name) {
        page.navigate("http://localhost:" + studio.port() + "/#/" + name);
        page.waitForSelector("main > *");
        page.waitForLoadState(com.microsoft.playwright.options.LoadState.NETWORKIDLE);
    }

    /** Leaves a picture of a page. */
    static void show(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    /** Leaves a picture of what is in sight, as documents show it. */
    static void portray(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".jpg"))
                .setType(ScreenshotType.JPEG)
                .setQuality(88));
    }

    /** Addresses of other hosts that pages asked for. */
    List<String> strangers() {
        return strangers;
    }

    /** What the browser complained of. */
    List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        contexts.forEach(BrowserContext::close);
        chromium.close();
        playwright.close();
        studio.close();
    }
}
