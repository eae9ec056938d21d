package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Somebody plays with the camera. */
class LiveStoryTest extends Story {
    private static final String CHAIN =
            "() => document.querySelector('fovea-chain').value.map((effect) => effect.name)";
    private static final String PAINTING = "() => document.querySelector('fovea-camera').figures?.shown > 3";

    @Test
    void effectsAreAddedMovedAndRemovedByTheKeyboardAlone() {
        Page page = browser.page();
        browser.visit(page, "live");
        page.locator(".chain-more button").first().press("Enter");
        assertThat(page.evaluate(CHAIN)).isEqualTo(List.of("colour-retention", "background-blur"));
        page.locator(".handle").last().press("ArrowUp");
        assertThat(page.evaluate(CHAIN)).isEqualTo(List.of("background-blur", "colour-retention"));
        assertThat(page.evaluate("() => document.activeElement.classList.contains('handle')"))
                .isEqualTo(true);
        page.locator(".chain-link input[type=range]").first().press("ArrowRight");
        assertThat(page.evaluate("() => document.querySelector('fovea-chain').value[0].knobs.aperture"))
                .isEqualTo(2.1);
        page.locator(".chain-link").first().locator("button").nth(1).press("Enter");
        assertThat(page.evaluate(CHAIN)).isEqualTo(List.of("colour-retention"));
        page.context().close();
    }

    @Test
    void theCameraIsPaintedBesideTheOriginalAndRecorded() {
        Page page = browser.page();
        browser.visit(page, "live");
        page.locator("button[aria-pressed=false]:has(use[href*=compare])").click();
        page.locator(".live-panel .primary").click();
        page.waitForFunction(PAINTING);
        assertThat(page.locator(".original video").isVisible()).isTrue();
        page.locator("button:has(use[href*=record])").click();
        page.waitForTimeout(1500);
        Browser.show(page, "story-live-beside");
        Download clip = page.waitForDownload(
                () -> page.locator("button:has(use[href*=record])").click());
        assertThat(clip.suggestedFilename()).startsWith("fovea-").matches(".*\\.(mp4|webm)");
        page.locator("a.tab[href='#/see']").click();
        page.waitForSelector("fovea-see-page");
        page.waitForTimeout(500);
        assertThat(browser.studio().streams())
                .as("who leaves the page stops the camera")
                .isZero();
        page.context().close();
    }

    @Test
    void whoRefusesTheCameraIsToldWhatElseThereIs() {
        Page page = browser.page();
        page.addInitScript("navigator.mediaDevices.getUserMedia ="
                + " () => Promise.reject(new DOMException('', 'NotAllowedError'));");
        browser.visit(page, "live");
        page.locator(".live-panel .primary").click();
        page.waitForFunction(
                "() => document.querySelector('.live-panel').innerText.includes('may not use the camera')");
        page.locator(".live-panel button").last().click();
        page.waitForFunction(PAINTING);
        page.context().close();
    }

    @Test
    void aConnectionThatIsLostIsTold() {
        Page page = browser.page();
        page.addInitScript("""
                const Real = WebSocket;
                window.WebSocket = class extends Real {
                  constructor(...all) {
                    super(...all);
                    window.socket = this;
                  }
                };
                """);
        browser.visit(page, "live?sample=clip");
        page.waitForFunction(PAINTING);
        page.evaluate("() => window.socket.close()");
        page.waitForFunction("() => document.querySelector('.live-panel').innerText.includes('was lost')");
        page.context().close();
    }
}
