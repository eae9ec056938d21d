package dev.fovea.sample;

import dev.fovea.image.Colour;
import dev.fovea.image.GaussianBlur;
import dev.fovea.image.Image;
import java.util.List;

/**
 * What stands before the camera.
 *
 * @param backdrop everything that holds still: {@link Colour#LINEAR}, 1 being what just saturates the sensor's green
 * @param actors what moves before it, the farthest first
 */
public record World(Image backdrop, List<Actor> actors) {
    /** Checks the colour. */
    public World {
        actors = List.copyOf(actors);
        if (backdrop.colour() != Colour.LINEAR) {
            throw new IllegalArgumentException("a backdrop must be LINEAR, not " + backdrop.colour());
        }
    }

    /** A world in which nothing moves. */
    public World(Image backdrop) {
        this(backdrop, List.of());
    }

    /** The same seen through a lens that blurs by a Gaussian of so many samples. */
    public World blurred(double sigma) {
        return new World(
                new GaussianBlur(sigma).apply(backdrop),
                actors.stream()
                        .map(a -> (Actor) frame -> a.at(frame).blurred(sigma))
                        .toList());
    }
}
