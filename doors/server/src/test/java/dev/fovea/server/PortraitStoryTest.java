package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody moves focus and light on a portrait. */
class PortraitStoryTest extends Story {
    private static final String PICTURE = "fovea-portrait-page .framed img:not(.original)";

    private Page opened(String sample) {
        Page page = browser.page();
        browser.visit(page, "portrait?sample=" + sample);
        page.waitForSelector("fovea-portrait-page[data-phase=done]");
        page.waitForFunction("() => document.querySelector('" + PICTURE + "').naturalWidth > 0");
        return page;
    }

    /** Does something and waits until the picture is another one. */
    private static void changes(Page page, Runnable deed) {
        Locator picture = page.locator(PICTURE);
        String before = picture.getAttribute("src");
        deed.run();
        page.waitForFunction(
                "before => { const i = document.querySelector('" + PICTURE
                        + "'); return i.getAttribute('src') !== before && i.complete; }",
                before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"portrait", "pair"})
    void aTouchMovesTheFocusAndASliderTheAperture(String sample) {
        Page page = opened(sample);
        Locator picture = page.locator("fovea-portrait-page .framed");
        changes(page, () -> picture.click(new Locator.ClickOptions().setPosition(60, 60)));
        page.waitForFunction(
                "() => [...document.querySelectorAll('fovea-portrait-page [role=status]')].some(e => e.innerText.trim())");
        changes(
                page,
                () -> page.locator("fovea-portrait-page input[type=range]")
                        .first()
                        .press("Home"));
        page.waitForTimeout(1500);
        Browser.show(page, "story-portrait-" + sample);
        page.context().close();
    }

    @Test
    void theLightIsMovedAndTheWholePictureSaved() throws Exception {
        Page page = opened("portrait");
        Locator modes = page.locator("fovea-portrait-page fovea-segment").first();
        changes(page, () -> modes.locator("label, button").nth(1).click());
        page.waitForTimeout(1500);
        Browser.show(page, "story-light");
        var saved = page.waitForDownload(
                () -> page.locator("fovea-portrait-page .tools .primary").click());
        assertThat(saved.suggestedFilename()).endsWith(".jpg");
        assertThat(Files.size(saved.path())).isGreaterThan(20_000);
        page.context().close();
    }
}
