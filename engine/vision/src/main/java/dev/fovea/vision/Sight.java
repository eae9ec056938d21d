package dev.fovea.vision;

/**
 * Something that can be seen in a scene: {@code scene.see(new Faces())}. A scene works it out once and remembers the answer under the
 * sight itself, so make it a record: equal sights share their answer.
 *
 * @param <T> what the answer is; not changed after it is returned
 */
@FunctionalInterface
public interface Sight<T> {
    /**
     * Looks.
     *
     * @param scene where; it may be asked for other sights, but not for this one
     * @param nets the networks at hand
     */
    T look(Scene scene, Nets nets);
}
