package dev.fovea.photo;

import dev.fovea.image.Image;
import dev.fovea.image.Raw;
import java.util.List;
import java.util.Optional;

/**
 * What became of a burst.
 *
 * @param image the picture, on the reference's grid; LINEAR for the neutral look of RAW frames and brackets, else for display
 * @param merged the merged sensor values, if the burst was RAW and of one exposure
 * @param reference index of the frame that the result lies on
 * @param frames what became of each frame
 * @param explanation what the algorithm saw
 * @param networks the names of the networks that had a part in the picture
 */
public record Night(
        Image image,
        Optional<Raw> merged,
        int reference,
        List<FrameReport> frames,
        Explanation explanation,
        List<String> networks) {
    /** Copies the lists. */
    public Night {
        frames = List.copyOf(frames);
        networks = List.copyOf(networks);
    }

    /** What became of a burst without any network. */
    Night(Image image, Optional<Raw> merged, int reference, List<FrameReport> frames, Explanation explanation) {
        this(image, merged, reference, frames, explanation, List.of());
    }

    /** The same, told which networks had a part in it. */
    Night by(List<String> names) {
        return new Night(image, merged, reference, frames, explanation, names);
    }

    /**
     * What became of one frame.
     *
     * @param source where it came from
     * @param sharpness its fine detail against the reference's: 1 is as sharp
     * @param shift how far it was moved, in pixels: the mean
     * @param used the share of it that went into the result, 0..1
     */
    public record FrameReport(String source, double sharpness, double shift, double used) {}

    /** What the algorithm saw, for people who would rather look; drawn when asked. */
    public interface Explanation {
        /** The pictures, each with a name that suits a file. */
        List<Named> pictures();
    }

    /**
     * A picture and its name.
     *
     * @param name letters, digits and dashes
     * @param image for display
     */
    public record Named(String name, Image image) {}
}
