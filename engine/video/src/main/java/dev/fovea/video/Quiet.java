package dev.fovea.video;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/** Silences a library that writes to standard error past FFmpeg's log: SVT-AV1 listens to a variable of the process's environment alone. */
final class Quiet {
    private static boolean told;

    private Quiet() {}

    /** To be called before the first such encoder is opened. Where it does not work, the library is loud: that is no reason to fail. */
    static synchronized void svt() {
        if (told || System.getenv("SVT_LOG") != null) {
            return;
        }
        told = true;
        Linker linker = Linker.nativeLinker();
        linker.defaultLookup().find("setenv").ifPresent(setenv -> {
            var call = linker.downcallHandle(
                    setenv,
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
            try (Arena arena = Arena.ofConfined()) {
                int unused = (int) call.invokeExact(arena.allocateFrom("SVT_LOG"), arena.allocateFrom("-1"), 0);
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
