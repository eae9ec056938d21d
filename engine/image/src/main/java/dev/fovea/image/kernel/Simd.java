package dev.fovea.image.kernel;

/**
 * Whether the Vector API twins may run: the incubator module is there and C2 compiles (with C1 alone vectors are many times slower than
 * scalar code). {@code -Dfovea.simd=false} turns them off.
 */
public final class Simd {
    /** Whether the vector twins run in this process. */
    public static final boolean ON = available();

    private Simd() {}

    private static boolean available() {
        if (!Boolean.parseBoolean(System.getProperty("fovea.simd", "true"))
                || ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return false;
        }
        String vm = System.getProperty("java.vm.name", "");
        String info = System.getProperty("java.vm.info", "");
        return !vm.contains("Client") && !info.contains("interpreted") && c2();
    }

    /** C2 is missing with -XX:TieredStopAtLevel below 4: the compiler then names itself differently. */
    private static boolean c2() {
        try {
            var bean = java.lang.management.ManagementFactory.getCompilationMXBean();
            return bean != null && !stopsEarly();
        } catch (LinkageError e) {
            return true;
        }
    }

    private static boolean stopsEarly() {
        return java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .anyMatch(a -> a.matches("-XX:TieredStopAtLevel=[0-3]") || a.equals("-Xint"));
    }
}
