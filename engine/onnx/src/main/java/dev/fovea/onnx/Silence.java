package dev.fovea.onnx;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * Keeps ONNX Runtime from reporting to its maker. Its builds for Linux and macOS carry an uploader that is on by default, writes an
 * identifier of the machine to the home folder and may send a first event before its programming interface can turn it off. Only an
 * environment variable that is there before the library is loaded prevents all of that (Privacy.md in its jar). Java cannot set one, so
 * the C library does. On Windows nothing is sent by the library itself, and the programming interface suffices.
 */
final class Silence {
    private static final String VARIABLE = "ORT_DISABLE_TELEMETRY";

    private Silence() {}

    /**
     * Must be called before the library is loaded.
     *
     * @throws IllegalStateException if the variable cannot be set: then the library must not be loaded
     */
    static void keep() {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win");
        if (!windows && !"1".equals(System.getenv(VARIABLE)) && set(VARIABLE, "1") != 0) {
            throw new IllegalStateException("Set " + VARIABLE + "=1 in the environment to run networks.");
        }
    }

    /** {@code int setenv(const char *name, const char *value, int overwrite)} of POSIX. */
    private static int set(String name, String value) {
        Linker linker = Linker.nativeLinker();
        MethodHandle setenv = linker.downcallHandle(
                linker.defaultLookup().find("setenv").orElseThrow(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocateFrom(name);
            return (int) setenv.invokeExact(key, arena.allocateFrom(value), 1);
        } catch (Throwable e) {
            throw new IllegalStateException("Set " + name + "=" + value + " in the environment to run networks.", e);
        }
    }
}
