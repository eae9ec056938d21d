package dev.fovea.server;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Stories that happen in a browser: a studio and a Chromium for each class of them. The browser's camera is a fake that is let in. */
@ExtendWith(Chromium.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Story {
    Browser browser;

    @BeforeAll
    void open(@TempDir Path folder) {
        browser = new Browser(folder, "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream");
    }

    @AfterAll
    void close() {
        browser.close();
    }
}
