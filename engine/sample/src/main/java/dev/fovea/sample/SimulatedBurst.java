package dev.fovea.sample;

import dev.fovea.image.Burst;
import dev.fovea.image.Image;
import dev.fovea.image.Raw;
import dev.fovea.image.Shot;
import java.util.List;

/**
 * A burst and all that is known about it. Frame 0 is the reference.
 *
 * @param burst the shots, all {@link Raw}
 * @param truth what frame 0 would show without noise: LINEAR, of the frames' size; may exceed 1 where the sensor saturates
 * @param motions how each frame lies on the reference; exact, mishaps included
 * @param masks for each actor, the part of the reference's pixels that it covers: LINEAR_GREY, 0..1
 */
public record SimulatedBurst(Burst burst, Image truth, List<Motion> motions, List<Image> masks) {
    /** Copies the lists. */
    public SimulatedBurst {
        motions = List.copyOf(motions);
        masks = List.copyOf(masks);
    }

    /** The same burst as a simple camera would have developed it: 8 bits, sRGB, nothing denoised. */
    public Burst developed() {
        return new Burst(burst.shots().stream()
                .map(s -> (Shot) InCamera.develop((Raw) s))
                .toList());
    }
}
