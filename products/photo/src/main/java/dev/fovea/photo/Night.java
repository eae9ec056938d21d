package dev.fovea.photo;

import dev.fovea.image.Image;
import dev.fovea.image.Raw;
import java.util.List;
import java.util.Optional;

/** Placeholder with the agreed shape; the lead's replaces it. */
public record Night(
        Image image, Optional<Raw> merged, int reference, List<FrameReport> frames, Explanation explanation) {
    /** One frame. */
    public record FrameReport(String source, double sharpness, double shift, double used) {}

    /** What was seen. */
    public record Explanation(List<Named> pictures) {}

    /** A picture and its name. */
    public record Named(String name, Image image) {}
}
