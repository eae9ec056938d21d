package dev.fovea.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets stories run where there is a Chromium or Chrome; where there is none it says so, once. */
final class Chromium implements ExecutionCondition {
    private static final AtomicBoolean TOLD = new AtomicBoolean();
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge");
    private static final List<Path> ELSEWHERE = List.of(
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
            Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"),
            Path.of("C:/Program Files/Google/Chrome/Application/chrome.exe"));

    /** The browser's program: what CHROMIUM names, or what lies on the path, or where it usually is. */
    static Optional<Path> find() {
        Stream<Path> named = Stream.ofNullable(System.getenv("CHROMIUM")).map(Path::of);
        Stream<Path> onPath = Stream.of(
                        Objects.requireNonNullElse(System.getenv("PATH"), "").split(java.io.File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
        return Stream.of(named, onPath, ELSEWHERE.stream())
                .flatMap(s -> s)
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (find().isPresent()) {
            return ConditionEvaluationResult.enabled("there is a browser");
        }
        if (!TOLD.getAndSet(true)) {
            System.out.println("[WARNING] The studio's stories in a browser (" + stories()
                    + ") did not run, for no Chromium or Chrome was found; install one (Debian: apt-get install chromium) or"
                    + " name it in CHROMIUM.");
        }
        return ConditionEvaluationResult.disabled("no Chromium or Chrome was found");
    }

    private static String stories() {
        try (Stream<Path> all = Files.list(
                Path.of(Objects.requireNonNull(Chromium.class.getResource(".")).toURI()))) {
            return all.map(p -> p.getFileName().toString())
                    .filter(n -> n.endsWith("StoryTest.class"))
                    .map(n -> n.replace("Test.class", ""))
                    .sorted()
                    .collect(Collectors.joining(", "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
