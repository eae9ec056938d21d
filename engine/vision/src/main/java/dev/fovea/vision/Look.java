package dev.fovea.vision;

import dev.fovea.Stage;
import dev.fovea.Tracker;
import java.util.List;

/**
 * A chain of effects, laid over a scene one after the other: each changes the pixels that the one before left, and finds faces and persons
 * where they are in the original. Without effects nothing changes.
 *
 * @param effects in their order
 */
public record Look(List<Effect> effects) implements Stage<Scene, Scene> {
    /** Keeps a copy of the list. */
    public Look {
        effects = List.copyOf(effects);
    }

    /** A chain of some effects. */
    public static Look of(Effect... effects) {
        return new Look(List.of(effects));
    }

    @Override
    public Scene apply(Scene scene) {
        Scene painted = scene;
        for (Effect effect : effects) {
            painted = switch (effect) {
                case Paint paint -> painted.painted(paint.paint(painted));
            };
        }
        return painted;
    }

    /** The same for the frames of one video: what an effect remembers it remembers for this tracker alone. */
    public Tracker<Scene, Scene> live() {
        List<Tracker<Scene, Scene>> trackers =
                effects.stream().map(Look::tracker).toList();
        return scene -> {
            Scene painted = scene;
            for (Tracker<Scene, Scene> tracker : trackers) {
                painted = tracker.next(painted);
            }
            return painted;
        };
    }

    private static Tracker<Scene, Scene> tracker(Effect effect) {
        return switch (effect) {
            case Paint paint -> paint.live();
        };
    }
}
