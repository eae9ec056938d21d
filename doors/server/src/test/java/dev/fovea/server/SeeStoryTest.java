package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** Somebody looks at what is seen, in a photo and live. */
class SeeStoryTest extends Story {
    @Test
    void theFacesOfASampleAreDrawnInLayersWithTheirJson() {
        Page page = browser.page();
        browser.visit(page, "see?sample=portrait");
        page.waitForSelector("fovea-see-page canvas >> visible=true");
        page.locator("fovea-json summary").click();
        page.waitForFunction("() => document.querySelector('fovea-json').textContent.includes('faces')");
        page.waitForTimeout(500);
        Browser.show(page, "story-see");
        page.locator(".layer input").first().uncheck();
        page.context().close();
    }

    @Test
    void theClipIsPaintedLiveAndACameraToo() {
        Page page = browser.page();
        browser.visit(page, "live?sample=clip");
        page.waitForFunction("() => document.querySelector('fovea-camera').running");
        page.waitForTimeout(4000);
        Browser.show(page, "story-live");
        var shot = page.waitForDownload(() -> page.locator("fovea-live-page button:has(use[href*=camera])")
                .last()
                .click());
        assertThat(shot.suggestedFilename()).startsWith("fovea-").endsWith(".png");
        page.context().close();
    }
}
