package dev.fovea.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes the help of every command to a folder, from where the launcher prints it without a JVM. */
@Command(name = "help-pages", hidden = true, description = "Write the help of every command to a folder.")
final class HelpPages implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Where the pages go.")
    private Path folder = Path.of("");

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(folder);
        var nowhere = Console.of(PrintStream.nullOutputStream(), PrintStream.nullOutputStream());
        write(Commands.every(nowhere), "fovea");
        return Main.DONE;
    }

    private void write(CommandLine command, String page) throws IOException {
        var text = new ByteArrayOutputStream();
        command.usage(new PrintStream(text, true, StandardCharsets.UTF_8));
        Files.write(folder.resolve(page + ".txt"), text.toByteArray());
        for (var sub : command.getSubcommands().entrySet()) {
            write(sub.getValue(), page + "-" + sub.getKey());
        }
    }
}
