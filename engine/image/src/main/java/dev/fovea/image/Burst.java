package dev.fovea.image;

import dev.fovea.BadInput;
import java.nio.file.Path;
import java.util.List;

/**
 * Exposures of one scene, taken one after the other by one camera: all {@link Raw} or all {@link Frame}, of one size and layout.
 *
 * @param shots at least one, in the order they were taken
 */
public record Burst(List<Shot> shots) {
    /**
     * Checks that the shots belong together.
     *
     * @throws BadInput naming the first shot that does not fit
     * @throws IllegalArgumentException if there is none
     */
    public Burst {
        shots = List.copyOf(shots);
        if (shots.isEmpty()) {
            throw new IllegalArgumentException("a burst needs at least one picture");
        }
        Shot first = shots.getFirst();
        for (Shot s : shots) {
            String difference = difference(first, s);
            if (!difference.isEmpty()) {
                throw new BadInput(
                        s.source(), difference, "give pictures that one camera took of one scene with one setting");
            }
        }
    }

    /**
     * Reads a burst: files, or folders whose pictures are taken in the order of their names. A folder that holds DNGs is a RAW burst: the
     * JPEG twins of its DNGs are ignored.
     *
     * @throws BadInput if a file cannot be read, a folder holds no picture, or the pictures do not belong together
     */
    public static Burst read(Path... sources) {
        return read(List.of(sources));
    }

    /** As {@link #read(Path...)}. */
    public static Burst read(List<Path> sources) {
        return new Burst(Codecs.readShots(sources));
    }

    /** How many shots there are. */
    public int size() {
        return shots.size();
    }

    /** Whether these are sensor values. */
    public boolean raw() {
        return shots.getFirst() instanceof Raw;
    }

    /** Pixels per row of each shot. */
    public int width() {
        return shots.getFirst().width();
    }

    /** Rows of each shot. */
    public int height() {
        return shots.getFirst().height();
    }

    private static String difference(Shot a, Shot b) {
        if (a instanceof Raw != b instanceof Raw) {
            return "is " + (b instanceof Raw ? "RAW" : "no RAW") + " but " + a.source() + " is "
                    + (a instanceof Raw ? "RAW" : "not");
        }
        if (a.width() != b.width() || a.height() != b.height()) {
            return "has " + b.width() + " x " + b.height() + " pixels but " + a.source() + " has " + a.width() + " x "
                    + a.height();
        }
        if (a instanceof Raw x && b instanceof Raw y && x.cfa() != y.cfa()) {
            return "has the colour filters " + y.cfa() + " but " + x.source() + " has " + x.cfa();
        }
        if (!a.exif().camera().isEmpty()
                && !b.exif().camera().isEmpty()
                && !a.exif().camera().equals(b.exif().camera())) {
            return "was taken by " + b.exif().camera() + " but " + a.source() + " by "
                    + a.exif().camera();
        }
        return "";
    }
}
