package dev.fovea;

/** Input that cannot be used: names the source, what is wrong with it, and the cure. Doors show it as one sentence (exit 3, HTTP 422). */
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String source;
    private final String problem;
    private final String cure;

    /**
     * @param source what was read: a file's path, or a name for something that is no file
     * @param problem what is wrong with it, as the rest of a sentence: "is cut off after 312 bytes"
     * @param cure what to do, as an instruction: "copy it from the camera again"
     */
    public BadInput(String source, String problem, String cure) {
        super(source + " " + problem + "; " + cure + ".");
        this.source = source;
        this.problem = problem;
        this.cure = cure;
    }

    /** As above, keeping the exception that revealed it. */
    public BadInput(String source, String problem, String cure, Throwable cause) {
        this(source, problem, cure);
        initCause(cause);
    }

    /** What was read. */
    public String source() {
        return source;
    }

    /** What is wrong with it. */
    public String problem() {
        return problem;
    }

    /** What to do about it. */
    public String cure() {
        return cure;
    }
}
