package dev.fovea.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Which Fovea this is, and what it runs on. */
@Command(name = "version", description = "Print the version of Fovea and of what it runs on.")
final class VersionCommand implements Callable<Integer> {
    private final Console console;

    VersionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        String version = Objects.requireNonNullElse(Main.class.getPackage().getImplementationVersion(), "unpackaged");
        boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        console.out()
                .println("fovea " + version + ", Java " + Runtime.version() + ", "
                        + Runtime.getRuntime().availableProcessors() + " processors, "
                        + (Runtime.getRuntime().maxMemory() >> 20) + " MiB, "
                        + (vectors ? "with" : "without") + " the Vector API");
        return Main.DONE;
    }
}
