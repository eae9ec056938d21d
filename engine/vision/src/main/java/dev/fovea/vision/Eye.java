package dev.fovea.vision;

import dev.fovea.Tracker;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.model.ModelStore;
import java.util.Optional;

/**
 * Makes scenes of pictures and holds the networks that see in them. Any number of threads may share one; a scene answers what it was
 * asked before even after its eye was closed.
 *
 * {@snippet :
 * try (var eye = Eye.open()) {
 *     for (Face face : eye.look(Image.read(photo)).faces()) {
 *         System.out.println(face.box() + " looks " + face.pose());
 *     }
 * }
 * }
 */
public final class Eye implements AutoCloseable {
    private final Nets nets;
    private final AutoCloseable held;

    private Eye(Nets nets, AutoCloseable held) {
        this.nets = nets;
        this.held = held;
    }

    /** An eye with the networks of {@link ModelStore#standard}; each is opened when it is first needed. */
    public static Eye open() {
        return open(ModelStore.standard());
    }

    /** An eye with the best networks of a store. */
    public static Eye open(ModelStore store) {
        var nets = new OpenNets(store);
        return new Eye(nets, nets);
    }

    /** An eye with networks of its owner's, who closes them. */
    public static Eye with(Nets nets) {
        return new Eye(nets, () -> {});
    }

    /** The scene of a picture. */
    public Scene look(Image image) {
        return new Scene(new View.OfImage(image, Optional.empty(), "the picture"), nets);
    }

    /** The scene of a frame, on its stored grid. */
    public Scene look(Frame frame) {
        return new Scene(new View.OfFrame(frame), nets);
    }

    /**
     * A tracker for the frames of one video or camera: faces are detected now and then and followed in between, keep their numbers, and
     * are smoothed over time by what the frames' timestamps say; a person's matte is carried along the optical flow. What its scenes are
     * not asked for costs nothing; ask them in the order of the frames, since an older one is looked at like a single picture.
     */
    public Tracker<Frame, Scene> watch() {
        return new Watch(nets);
    }

    /** Gives the networks back. Closing twice does nothing. */
    @Override
    public void close() {
        try {
            held.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
