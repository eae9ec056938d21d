package dev.fovea.cli;

import dev.fovea.Work;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Shows named steps as they pass: one redrawn line with a bar where a person watches, plain lines elsewhere (one a step, and one a second
 * within it). Adds up how long each step took.
 */
final class Progress implements Work.Listener, AutoCloseable {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final long REPEAT_NANOS = 1_000_000_000;
    private static final int CELLS = 30;
    private static final String CLEAR_LINE = "\r\033[K";

    private final Console console;
    private final Interrupt interrupt;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private String step = "";
    private long begun = System.nanoTime();
    private long shown;

    Progress(Console console, Interrupt interrupt) {
        this.console = console;
        this.interrupt = interrupt;
    }

    @Override
    public synchronized void step(String name, double fraction) {
        long now = System.nanoTime();
        boolean entered = !name.equals(step);
        if (entered) {
            turn(name, now);
        }
        if (entered || now - shown >= (console.terminal() ? REDRAW_NANOS : REPEAT_NANOS)) {
            shown = now;
            show(Math.clamp(fraction, 0, 1));
        }
    }

    @Override
    public boolean cancelled() {
        return interrupt.asked();
    }

    /** How long each step took, in the order of their first appearance; the last one lasts until {@link #end}. */
    synchronized Map<String, Double> seconds() {
        return new LinkedHashMap<>(seconds);
    }

    @Override
    public void close() {
        end();
    }

    /** Ends the last step and takes the bar away. */
    synchronized void end() {
        boolean drawn = !step.isEmpty();
        turn("", System.nanoTime());
        if (drawn && console.terminal()) {
            console.err().print(CLEAR_LINE);
            console.err().flush();
        }
    }

    private void turn(String name, long now) {
        if (!step.isEmpty()) {
            seconds.merge(step, (now - begun) / 1e9, Double::sum);
        }
        step = name;
        begun = now;
    }

    private void show(double fraction) {
        int percent = (int) (100 * fraction);
        if (console.terminal()) {
            int full = (int) (CELLS * fraction);
            boolean blocks = console.err().charset().newEncoder().canEncode('█');
            String bar = (blocks ? "█" : "#").repeat(full) + (blocks ? "░" : "-").repeat(CELLS - full);
            console.err().print(String.format(Locale.ROOT, "%s%-24s %s %3d %%", CLEAR_LINE, step, bar, percent));
            console.err().flush();
        } else {
            console.err().println(step + " " + percent + " %");
        }
    }
}
