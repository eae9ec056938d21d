package dev.fovea.vision;

import dev.fovea.Tracker;
import dev.fovea.image.Image;

/** An effect that makes new pixels. */
public non-sealed interface Paint extends Effect {
    /** The changed picture, of the scene's size. */
    Image paint(Scene scene);

    /** The same for the frames of one video; overridden by what remembers. */
    default Tracker<Scene, Image> live() {
        return this::paint;
    }
}
