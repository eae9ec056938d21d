package dev.fovea;

/** Thrown inside cancelled work, at its next step or band. Doors show it as exit 130 or HTTP 409. */
public final class Cancelled extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A cancellation. */
    public Cancelled() {
        super("cancelled");
    }
}
