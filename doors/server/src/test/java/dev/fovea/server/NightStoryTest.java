package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Somebody makes a picture of a burst in a browser. */
class NightStoryTest extends Story {
    private static FilePayload[] burst(int frames) {
        var files = new FilePayload[frames];
        for (int i = 0; i < frames; i++) {
            files[i] = new FilePayload("frame-" + i + ".jpg", "image/jpeg", Pictures.frame(i));
        }
        return files;
    }

    @Test
    void theSampleBecomesAPictureWithOneClickFromHome() {
        Page page = browser.page();
        browser.visit(page, "night?sample=burst");
        page.waitForSelector("fovea-night-page[data-phase=done]");
        page.waitForFunction("() => document.querySelector('fovea-compare .after').naturalWidth > 0");
        page.locator("fovea-compare input").press("ArrowRight");
        assertThat(page.locator("fovea-code").innerText()).contains("./fovea night");
        assertThat(page.locator(".explain img").count()).isGreaterThan(3);
        page.waitForTimeout(500);
        Browser.show(page, "story-night");
        Browser.portray(page, "studio-night");
        page.context().close();
    }

    @Test
    void ownPicturesAreTakenAndTheResultIsSaved() throws Exception {
        Page page = browser.page();
        browser.visit(page, "night");
        page.locator("fovea-drop input[type=file]").setInputFiles(burst(3));
        page.waitForSelector("fovea-night-page[data-phase=done]");
        var saved = page.waitForDownload(() -> page.locator(".tools a.primary").click());
        assertThat(saved.suggestedFilename()).isEqualTo("night.jpg");
        assertThat(Files.size(saved.path())).isGreaterThan(500);
        page.context().close();
    }

    @Test
    void whatCannotBeUsedIsToldAndTheNextTryWorks() {
        Page page = browser.page();
        browser.visit(page, "superres");
        page.locator("fovea-drop input[type=file]")
                .setInputFiles(new FilePayload("notes.jpg", "image/jpeg", "no picture".getBytes()));
        page.waitForSelector("fovea-error:not([hidden])");
        page.waitForFunction("() => document.querySelector('fovea-error').innerText.includes('notes.jpg')");
        page.locator("fovea-drop input[type=file]").setInputFiles(burst(2));
        page.waitForSelector("fovea-superres-page[data-phase=done]");
        page.context().close();
    }

    @Test
    void aJobThatIsCancelledLeavesThePageReady() {
        Page page = browser.page();
        browser.visit(page, "superres?sample=burst");
        page.locator("fovea-progress button").click();
        page.waitForSelector("fovea-superres-page[data-phase=empty]");
        page.context().close();
    }
}
