package dev.fovea.vision;

import dev.fovea.image.Affine2;
import dev.fovea.image.Crop;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.image.Warp;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A picture plus everything that can be seen in it, worked out when first asked and then remembered. Any number of threads may share one.
 */
public final class Scene {
    /** Faces that are cut out are averaged to at most this many times the wanted size before they are interpolated. */
    private static final double FINE = 2;

    private final View view;
    private final Nets nets;
    private final Scene original;
    private final Map<Sight<?>, Object> seen = new HashMap<>();
    private final Map<Sight<?>, Sight<?>> lookers = new HashMap<>();

    Scene(View view, Nets nets) {
        this.view = view;
        this.nets = nets;
        this.original = this;
    }

    private Scene(View view, Scene original) {
        this.view = view;
        this.nets = original.nets;
        this.original = original;
    }

    /** Pixels per row. */
    public int width() {
        return view.width();
    }

    /** Rows. */
    public int height() {
        return view.height();
    }

    /** When its frame was taken, since the stream began; empty for a picture. */
    public Optional<Duration> at() {
        return view.at();
    }

    /** The picture; unpacked anew at each call if it is a frame. */
    public Image image() {
        return view.image();
    }

    /** The picture compact, as videos and live JPEGs take it: the frame itself if this is one, otherwise packed anew at each call. */
    public Frame frame() {
        return view.frame();
    }

    /** Whether the picture is a frame, and {@link #frame} costs nothing. */
    public boolean compact() {
        return view instanceof View.OfFrame;
    }

    /**
     * The scene with other pixels, as an effect leaves it: what can be seen stays what is seen in the original, so that faces and persons are
     * where they were and nothing is looked for twice.
     *
     * @throws IllegalArgumentException if the picture is not of the scene's size
     */
    public Scene painted(Image image) {
        return painted(view.painted(image));
    }

    /** As above, with a compact picture. */
    public Scene painted(Frame frame) {
        return painted(new View.OfFrame(frame));
    }

    private Scene painted(View other) {
        if (other.width() != width() || other.height() != height()) {
            throw new IllegalArgumentException("a scene of " + width() + " x " + height()
                    + " pixels cannot be painted with " + other.width() + " x " + other.height());
        }
        return new Scene(other, original);
    }

    /** The faces, largest first; those of a watched video are smoothed and numbered. */
    public List<Face> faces() {
        return see(new Faces());
    }

    /**
     * How surely each pixel belongs to a person: grey, 0..1, of the picture's size and along its edges; 0 everywhere if there is nobody.
     * In a watched video it is steady from frame to frame.
     */
    public Image person() {
        return see(new Person());
    }

    /** What a sight sees here: looked for at the first call, in the original if this is painted. */
    public <T> T see(Sight<T> sight) {
        return original.remembered(sight);
    }

    @SuppressWarnings("unchecked") // only a sight's own answer is kept under it
    private synchronized <T> T remembered(Sight<T> sight) {
        Object known = seen.get(sight);
        if (known == null) {
            known = lookers.getOrDefault(sight, sight).look(this, nets);
            seen.put(sight, known);
        }
        return (T) known;
    }

    /** Lets another look answer for a sight if it is asked for: one that remembers what was before. */
    synchronized <T> Scene asking(Sight<T> sight, Sight<T> looker) {
        lookers.put(sight, looker);
        return this;
    }

    /** The picture in grey as it looks on a display. */
    Image luma() {
        return view.luma();
    }

    /** A part shrunk by averaging areas: grey or sRGB. */
    Image part(Crop part, int w, int h) {
        return view.part(part, w, h);
    }

    /**
     * A face cut out level and centred, as embeddings take it: its five points lie as near as a similarity can bring them to those of
     * {@link Face#alignment}. Beyond the picture its edge continues.
     *
     * @param side pixels of the square result, from 16 to 1024; 112 is usual
     */
    public Image aligned(Face face, int side) {
        if (side < 16 || side > 1024) {
            throw new IllegalArgumentException("side is " + side + ", but must lie between 16 and 1024");
        }
        Affine2 from = face.alignment(side).inverse();
        double shrink = Math.max(1, Math.hypot(from.a(), from.d()) / FINE);
        int w = Math.max(1, (int) Math.round(width() / shrink));
        int h = Math.max(1, (int) Math.round(height() / shrink));
        Image small = w == width() ? view.part(new Crop(0, 0, w, h), w, h) : small(w, h);
        Affine2 scaled = from.then(Affine2.scale((double) w / width(), (double) h / height()));
        return new Warp(scaled, side, side, Warp.Sampling.BICUBIC).apply(small);
    }

    private Image small(int w, int h) {
        return new Resize(w, h, Resize.Filter.BOX)
                .apply(view.part(new Crop(0, 0, width(), height()), width(), height()));
    }
}
