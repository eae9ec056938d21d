package dev.fovea.server;

import java.util.List;
import java.util.Optional;

/**
 * What became of an order.
 *
 * @param files results first
 * @param report what happened, as the command's --json tells it
 * @param command the command line that does the same
 * @param java the lines of Java that do the same
 * @param portrait what can be asked for more
 */
record Outcome(List<Output> files, Record report, String command, String java, Optional<Portrait> portrait) {
    Outcome(List<Output> files, Record report, String command, String java) {
        this(files, report, command, java, Optional.empty());
    }
}
