package dev.fovea.vision;

import dev.fovea.Tracker;
import dev.fovea.image.Image;

/** An effect that makes new pixels. */
public non-sealed interface Paint extends Effect {
    /** The changed picture, of the scene's size. */
    Image paint(Scene scene);

    /**
     * The same for the frames of one video, each as the scene that it becomes ({@link Scene#painted}); overridden by what remembers, and by
     * what can work on a compact frame without unpacking it.
     */
    default Tracker<Scene, Scene> live() {
        return scene -> scene.painted(paint(scene));
    }
}
