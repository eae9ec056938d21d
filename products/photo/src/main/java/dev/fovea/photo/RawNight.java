package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseEstimate;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import java.util.List;

/** A burst of sensor values, merged into camera colours. */
final class RawNight {
    private static final int BAND = 16;

    private RawNight() {}

    /** Merges; the result is in the camera's own colours, normalised, in the planes of a LINEAR image. */
    static Merging merge(NightShot shot, List<Raw> shots) {
        Raw first = shots.getFirst();
        Work.step("noise", 0);
        NoiseModel noise = first.noise().orElseGet(() -> NoiseEstimate.of(first));
        Stabiliser stabiliser = RawStack.stabiliser(noise, first);
        var stack = new RawStack(shots, noise, stabiliser);
        Merging.Alignment alignment = Merging.Alignment.of(stack, shot.reference());
        Work.step("demosaic", 0);
        stack.reference(alignment.reference(), Linear.camera(shots.get(alignment.reference()), noise));
        var merged = new Merge((float) shot.tolerance(), (float) shot.denoise())
                .apply(stack, alignment.reference(), alignment.fields());
        for (float[] plane : merged.planes()) {
            Work.rows(first.height(), BAND, (from, to) -> {
                for (int i = from * first.width(); i < to * first.width(); i++) {
                    plane[i] = stabiliser.inverse(plane[i]);
                }
            });
        }
        return new Merging(
                Image.of(first.width(), first.height(), Colour.LINEAR, merged.planes()),
                Merging.remaining(noise, merged, alignment.reference()),
                noise::variance,
                alignment.reference(),
                alignment.sharpness(),
                alignment.fields(),
                merged);
    }
}
