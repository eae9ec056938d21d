package dev.fovea.cli;

import dev.fovea.BadInput;
import dev.fovea.Cancelled;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Runs one command. Results go to standard output, progress and complaints to standard error; a complaint is one sentence.
 *
 * <p>Exit codes: 0 done, 2 wrong use, 3 unusable input, 70 a fault of Fovea or too little memory, 130 cancelled.
 */
public final class Main {
    static final int DONE = 0;
    static final int WRONG_USE = 2;
    static final int BAD_INPUT = 3;
    static final int FAULT = 70;
    static final int CANCELLED = 130;

    private Main() {}

    /** Runs the command that the arguments name and ends the process with its exit code. */
    public static void main(String[] args) {
        var console = Console.standard();
        var interrupt = Interrupt.hooked();
        int code = run(console, interrupt, args);
        console.out().flush();
        interrupt.finished();
        System.exit(code);
    }

    /** Runs the command that the arguments name, in this process. */
    static int run(Console console, Interrupt interrupt, String... args) {
        try {
            return command(console, interrupt, args).call();
        } catch (ParameterException e) {
            return complain(console, WRONG_USE, usage(e));
        } catch (IllegalArgumentException e) {
            return complain(console, WRONG_USE, String.valueOf(e.getMessage()));
        } catch (BadInput e) {
            return complain(console, BAD_INPUT, String.valueOf(e.getMessage()));
        } catch (Cancelled e) {
            return complain(console, CANCELLED, "Cancelled");
        } catch (OutOfMemoryError e) {
            return complain(console, FAULT, memory());
        } catch (Throwable e) {
            return complain(console, FAULT, fault(e));
        }
    }

    private static Callable<Integer> command(Console console, Interrupt interrupt, String... args) {
        CommandLine fovea = Commands.only(args.length == 0 ? "" : args[0], console, interrupt);
        CommandLine.ParseResult words = fovea.parseArgs(args);
        while (words.hasSubcommand()) {
            words = words.subcommand();
        }
        CommandLine named = words.commandSpec().commandLine();
        if (words.isUsageHelpRequested() || !(named.getCommand() instanceof Callable<?>)) {
            return () -> help(console, named);
        }
        Callable<Integer> command = named.getCommand();
        return command;
    }

    private static int help(Console console, CommandLine named) {
        named.usage(console.out());
        return DONE;
    }

    private static int complain(Console console, int code, String sentence) {
        String line = sentence.lines().findFirst().orElse("").strip();
        console.err().println(line.endsWith(".") ? line : line + ".");
        return code;
    }

    private static String usage(ParameterException e) {
        String problem =
                String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceFirst("[.]$", "");
        return problem + "; see ./" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help.";
    }

    private static String memory() {
        long limit = Runtime.getRuntime().maxMemory() >> 20;
        return "Fovea needs more than the " + limit + " MiB of memory it may use; give it more, as in FOVEA_OPTS=-Xmx"
                + (2 * limit / 1024 + 1) + "g, or use fewer or smaller pictures.";
    }

    private static String fault(Throwable e) {
        String what = "Fovea failed unexpectedly (" + e.getClass().getSimpleName() + ")";
        try {
            Path log = Files.createTempFile("fovea-", ".log");
            try (var out = new PrintWriter(Files.newBufferedWriter(log))) {
                e.printStackTrace(out);
            }
            return what + "; please report it with " + log + ".";
        } catch (IOException unwritable) {
            return what + "; no log could be written to the folder for temporary files.";
        }
    }
}
