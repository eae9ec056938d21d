package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page, on every screen, in both languages, by day and by night. */
class PagesStoryTest extends Story {
    private static final List<String> PAGES = List.of("home", "night", "superres", "portrait", "live", "see", "models");
    private static final int[] WIDTHS = {390, 1280, 1920};

    /** Visible words that a reader of Chinese would not expect: more than names and abbreviations. */
    private static final String UNTRANSLATED = """
            () => {
              const names = /Fovea|JPEG|HEIC|RAW|DNG|PNG|TIFF|WebP|JSON|REST|Java|curl|Chromium|WebSocket|MiB|GitHub|Esc|SHA-256|English/g;
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              const found = [];
              for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const parent = node.parentElement;
                const words = node.textContent.trim();
                if (!words || parent.closest('script, style, noscript, code, pre, [lang=en], [translate=no]')) continue;
                if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
                if (/^[a-z]+(\\.[A-Za-z-]+)+$/.test(words)) found.push('key: ' + words);
                const chinese = document.documentElement.lang.startsWith('zh');
                const left = words.replace(names, '');
                if (chinese && /[A-Za-z]{3,}/.test(left) && !/[\\u4e00-\\u9fff]/.test(left)) found.push(words);
                if (!chinese && /[\\u4e00-\\u9fff]/.test(left) && !parent.closest('[lang=zh]')) found.push(words);
              }
              return found;
            }
            """;

    private static final String OVERFLOWING = """
            () => document.documentElement.scrollWidth <= innerWidth ? [] :
              [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
                .slice(0, 5).map((e) => e.tagName + '.' + e.className)
            """;

    static Stream<Arguments> views() {
        return PAGES.stream()
                .flatMap(page -> Stream.of("en-GB", "zh-CN").map(language -> Arguments.of(page, language)));
    }

    @ParameterizedTest
    @MethodSource("views")
    void everyPageFitsEveryScreenAndSpeaksItsReadersLanguage(String name, String language) {
        for (int width : WIDTHS) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                Page page = browser.page(width, width < 600 ? 844 : 900, language, scheme);
                browser.visit(page, name);
                page.waitForTimeout(300);
                String view = name + "-" + language.substring(0, 2) + "-" + width + "-"
                        + scheme.name().toLowerCase(java.util.Locale.ROOT);
                Browser.show(page, view);
                assertThat((List<?>) page.evaluate(OVERFLOWING))
                        .as("%s overflows", view)
                        .isEmpty();
                assertThat((List<?>) page.evaluate(UNTRANSLATED))
                        .as("%s has words in another language", view)
                        .isEmpty();
                assertThat(((Number) page.evaluate("() => window.shifted")).doubleValue())
                        .as("%s shifts", view)
                        .isLessThan(0.1);
                page.context().close();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("views")
    void everyPageCanBeUsedByEverybody(String name, String language) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = browser.page(1280, 900, language, scheme);
            browser.visit(page, name);
            var violations = new AxeBuilder(page)
                    .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"))
                    .analyze()
                    .getViolations();
            assertThat(violations)
                    .as("%s in %s, %s", name, language, scheme)
                    .extracting(v -> v.getId() + ": " + v.getNodes().getFirst().getHtml())
                    .isEmpty();
            page.context().close();
        }
    }

    @Test
    void theLanguageIsTheBrowsersAndCanBeSwitched() {
        Page page = browser.page(1280, 900, "zh-CN", ColorScheme.LIGHT);
        browser.visit(page, "home");
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("zh-CN");
        page.locator("#language").click();
        page.waitForFunction("() => document.documentElement.lang === 'en'");
        page.reload();
        page.waitForSelector("main > *");
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("en");
        page.context().close();
    }

    @Test
    void everyPageIsReachedByTheKeyboardAlone() {
        Page page = browser.page();
        browser.visit(page, "home");
        page.keyboard().press("Tab");
        assertThat(page.evaluate("() => document.activeElement.className")).isEqualTo("skip");
        for (String name : PAGES.subList(1, PAGES.size())) {
            page.locator("a.tab[href='#/" + name + "']").focus();
            page.keyboard().press("Enter");
            page.waitForSelector("fovea-" + name + "-page");
        }
        page.context().close();
    }

    @Test
    void noPageAsksAnotherHostForAnythingAndNoneComplains() {
        for (String name : PAGES) {
            Page page = browser.page();
            browser.visit(page, name);
            page.context().close();
        }
        assertThat(browser.strangers()).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }
}
