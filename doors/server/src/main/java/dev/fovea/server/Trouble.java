package dev.fovea.server;

import dev.fovea.BadInput;
import dev.fovea.Cancelled;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, for those who asked: one sentence without any path of this machine.
 *
 * @param status of HTTP
 * @param error the sentence
 */
record Trouble(int status, String error) {
    static final int WRONG_USE = 400;
    static final int UNKNOWN = 404;
    static final int CANCELLED = 409;
    static final int TOO_LARGE = 413;
    static final int UNUSABLE = 422;
    static final int TOO_MANY = 429;
    static final int FAULT = 500;
    static final int FULL = 503;

    /** Thrown where a request is refused. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Trouble trouble;

        Refused(int status, String error) {
            super(error);
            trouble = new Trouble(status, error);
        }

        Trouble trouble() {
            return trouble;
        }
    }

    private static final Pattern FOLDER =
            Pattern.compile("[^\\s\"']*[/\\\\]fovea-studio-[^/\\\\\\s]+[/\\\\](?:[\\w.-]+[/\\\\])*");

    /** Takes the folders of a studio out of a text: a file is called what its owner calls it. */
    static final UnaryOperator<String> FOLDERS = text -> FOLDER.matcher(text).replaceAll("");

    /** What an exception means. */
    static Trouble of(Throwable e) {
        return switch (e) {
            case Refused r -> r.trouble();
            case BadInput b -> new Trouble(UNUSABLE, plain(b.getMessage()));
            case IllegalArgumentException i -> new Trouble(WRONG_USE, plain(i.getMessage()));
            case Cancelled c -> new Trouble(CANCELLED, "Cancelled.");
            case OutOfMemoryError o -> new Trouble(FULL, memory());
            default -> new Trouble(FAULT, fault(e));
        };
    }

    private static String plain(@Nullable String sentence) {
        String line = FOLDERS.apply(String.valueOf(sentence))
                .lines()
                .findFirst()
                .orElse("")
                .strip();
        return line.isEmpty() || line.endsWith(".") ? line : line + ".";
    }

    private static String memory() {
        return "This needs more than the " + (Runtime.getRuntime().maxMemory() >> 20)
                + " MiB of memory that the studio may use; use fewer or smaller pictures, or start it with more, as in"
                + " FOVEA_OPTS=-Xmx8g.";
    }

    private static String fault(Throwable e) {
        String what = "Fovea failed unexpectedly (" + e.getClass().getSimpleName() + ")";
        try {
            Path log = Files.createTempFile("fovea-", ".log");
            try (var out = new PrintWriter(Files.newBufferedWriter(log))) {
                e.printStackTrace(out);
            }
            return what + "; the log for a report is " + log.getFileName() + " in its folder for temporary files.";
        } catch (IOException unwritable) {
            return what + "; no log could be written.";
        }
    }
}
