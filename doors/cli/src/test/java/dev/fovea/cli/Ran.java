package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a run of the command line left: its exit code, its results, and its progress and complaints. */
record Ran(int code, String out, String err) {
    /** Runs in this process. */
    static Ran fovea(String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = Main.run(Console.of(out, err), new Interrupt(), words);
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Runs in a process of its own, started by a line of shell that finds the command in {@code "$0" "$@"}. */
    static Ran process(String shell, String... words) throws IOException, InterruptedException {
        Process process = started(shell, words);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), out, err);
    }

    /** As {@link #process}, while it still runs. */
    static Process started(String shell, String... words) throws IOException {
        var command = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                shell,
                System.getProperty("java.home") + "/bin/java",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(Arrays.asList(words));
        return new ProcessBuilder(command).start();
    }

    /** The lines on standard error that are no progress. */
    List<String> complaints() {
        return err.lines().filter(line -> !line.matches(".* \\d+ %")).toList();
    }

    /** Checks that this was refused with one sentence that names something. */
    void refuses(String name) {
        assertThat(complaints()).as("%s", this).hasSize(1);
        String sentence = complaints().getFirst();
        assertThat(sentence)
                .contains(name)
                .endsWith(".")
                .doesNotContain("Exception")
                .doesNotContain("..");
        assertThat(code).as(sentence).isIn(Main.WRONG_USE, Main.BAD_INPUT);
        assertThat(out).isEmpty();
    }
}
