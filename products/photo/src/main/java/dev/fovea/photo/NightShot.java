package dev.fovea.photo;

import dev.fovea.Knob;
import dev.fovea.Stage;
import dev.fovea.image.Burst;
import dev.fovea.image.Image;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Placeholder with the agreed shape; the lead's replaces it. */
public record NightShot(
        Look look,
        OptionalInt reference,
        Optional<List<Double>> exposures,

        @Knob(normal = 1, max = 4, help = "How strongly what could not be merged is denoised.")
        double denoise)
        implements Stage<Burst, Image> {
    /** The look. */
    public enum Look {
        /** Toned. */
        NATURAL,
        /** As it was. */
        NEUTRAL
    }

    /** The defaults. */
    public NightShot() {
        this(Look.NATURAL, OptionalInt.empty(), Optional.empty(), 1);
    }

    @Override
    public Image apply(Burst burst) {
        return shoot(burst).image();
    }

    /** Shoots. */
    public Night shoot(Burst burst) {
        throw new IllegalStateException();
    }
}
