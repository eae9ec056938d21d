package dev.fovea.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command prints.
 *
 * @param out for results
 * @param err for progress and complaints
 * @param terminal whether a person watches {@code err}
 */
record Console(PrintStream out, PrintStream err, boolean terminal) {
    /** The process's own streams. */
    static Console standard() {
        PrintStream err = launched() ? behindTheLauncher() : System.err;
        return new Console(System.out, err, Boolean.getBoolean("fovea.terminal"));
    }

    private static boolean launched() {
        return "3".equals(System.getProperty("fovea.stderr"));
    }

    /**
     * The launcher filters descriptor 2, because the JVM writes a warning there before any of our code runs, and hands over the real
     * standard error as descriptor 3. It must not be opened by its name in /dev/fd: that would lose the shared position in a file that
     * both streams write to.
     */
    private static PrintStream behindTheLauncher() {
        try {
            var constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
            constructor.setAccessible(true);
            var real = new PrintStream(new FileOutputStream(constructor.newInstance(3)), true, System.err.charset());
            System.setErr(real);
            return real;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return System.err;
        }
    }

    /** A console over the given streams, watched by nobody. */
    static Console of(java.io.OutputStream out, java.io.OutputStream err) {
        return new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
    }
}
