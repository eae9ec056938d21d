package dev.fovea.server;

import dev.fovea.BadInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a studio and says where it is. */
@Command(
        name = "./fovea studio",
        sortOptions = false,
        description = {
            "Open the studio: every product on a page in your browser, with your own pictures and camera or with samples.",
            "It listens on this machine alone, needs no network, and keeps no picture.",
            ""
        })
public final class Studio implements Callable<Integer> {
    private static final int WRONG_USE = 2;
    private static final int BAD_INPUT = 3;
    private static final int FAULT = 70;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Where to listen; 0 takes a free port (normally ${DEFAULT-VALUE}).")
    private int port = 8420;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = {
                "Let others in at this address of the machine's, as 0.0.0.0 for all.",
                "They need the token that is printed; the connection is encrypted."
            })
    private @Nullable String host;

    @Option(
            names = "--keystore",
            paramLabel = "FILE",
            description = "A PKCS #12 file with key and certificate for --host, its password in FOVEA_KEYSTORE;"
                    + " normally one is made.")
    private @Nullable Path keystore;

    @Option(
            names = "--keep",
            paramLabel = "MINUTES",
            description = "How long results can be asked for (normally ${DEFAULT-VALUE}).")
    private int keep = 30;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli reads it
    private boolean help;

    private final PrintWriter out;

    private Studio(PrintWriter out) {
        this.out = out;
    }

    /** Runs until it is interrupted; {@code help-pages DIR} writes the help instead. */
    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        System.exit(args.length == 2 && args[0].equals("help-pages") ? pages(Path.of(args[1])) : run(out, args));
    }

    private static CommandLine line(PrintWriter out) {
        return new CommandLine(new Studio(out))
                .setUsageHelpWidth(100)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setOut(out);
    }

    private static int pages(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve("fovea-studio.txt"),
                    line(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                            .getUsageMessage());
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int run(PrintWriter out, String... args) {
        try {
            CommandLine line = line(out);
            if (line.parseArgs(args).isUsageHelpRequested()) {
                line.usage(out);
                return 0;
            }
            Studio studio = line.getCommand();
            return studio.call();
        } catch (CommandLine.ParameterException e) {
            return complain(WRONG_USE, e.getMessage() + "; see ./fovea studio --help");
        } catch (IllegalArgumentException e) {
            return complain(WRONG_USE, e.getMessage());
        } catch (BadInput e) {
            return complain(BAD_INPUT, e.getMessage());
        } catch (RuntimeException e) {
            return complain(FAULT, Trouble.of(e).error());
        }
    }

    private static int complain(int code, @Nullable String sentence) {
        String line = String.valueOf(sentence).lines().findFirst().orElse("").strip();
        System.err.println(line.endsWith(".") ? line : line + ".");
        return code;
    }

    @Override
    public Integer call() {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("--port is " + port + ", but must lie between 0 and 65535");
        }
        if (keep < 1) {
            throw new IllegalArgumentException("--keep is " + keep + ", but must be at least 1 minute");
        }
        Settings settings = settings();
        var ended = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            ended.countDown();
            await(stopped);
        }));
        try (var server = StudioServer.start(settings)) {
            out.println("Fovea studio: " + server.address()
                    + settings.token().map(t -> "?token=" + t).orElse(""));
            out.println("Ctrl-C ends it and removes what it kept.");
            await(ended);
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    private Settings settings() {
        Settings local = Settings.local(port).withLimits(Settings.Limits.NORMAL.withKeep(Duration.ofMinutes(keep)));
        if (host == null) {
            return local;
        }
        return new Settings(
                host, port, Optional.of(Jobs.unguessable()), Optional.of(key(host)), local.folder(), local.limits());
    }

    private Settings.Keystore key(String address) {
        if (keystore != null) {
            String password = Optional.ofNullable(System.getenv("FOVEA_KEYSTORE"))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "The password of " + keystore + " is not told; put it into FOVEA_KEYSTORE"));
            return new Settings.Keystore(keystore, password);
        }
        try {
            Path folder = Files.createTempDirectory("fovea-key-");
            Settings.Keystore made = Certificate.make(address, folder.resolve("studio.p12"));
            made.file().toFile().deleteOnExit();
            folder.toFile().deleteOnExit();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
