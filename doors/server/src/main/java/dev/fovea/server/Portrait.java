package dev.fovea.server;

import dev.fovea.BadInput;
import dev.fovea.Knobs;
import dev.fovea.image.Box;
import dev.fovea.image.Image;
import dev.fovea.image.Photo;
import dev.fovea.image.Point2;
import dev.fovea.image.Resize;
import dev.fovea.photo.Aperture;
import dev.fovea.photo.BackgroundBlur;
import dev.fovea.photo.Bokeh;
import dev.fovea.photo.ColourRetention;
import dev.fovea.photo.Focus;
import dev.fovea.photo.Lens;
import dev.fovea.photo.Refocus;
import dev.fovea.space.Depth;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Face;
import dev.fovea.vision.Scene;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A portrait that is held ready, to be focused and lit anew at every touch. Its preview stays in memory while it is used; the full size is
 * made when it is asked for. One answer at a time.
 */
final class Portrait {
    /** The longer side of the preview. */
    static final int PREVIEW = 1280;

    private static final double SURE = 0.7;

    private final Path photo;
    private final Optional<Path> depth;
    private final Supplier<Eye> eye;
    private @Nullable Ready preview;

    /**
     * @param photo the picture
     * @param depth a file with its depth, if there is any
     */
    Portrait(Path photo, Optional<Path> depth, Supplier<Eye> eye) {
        this.photo = photo;
        this.depth = depth;
        this.eye = eye;
    }

    /**
     * What was done.
     *
     * @param subject what is in focus: point, face, nearest or person
     * @param x where that is, in pixels of the whole picture
     * @param aperture the f-number
     * @param scene portrait, group, object or view
     */
    record Report(String subject, double x, double y, double aperture, String scene) {}

    /** A picture and what was done to it. */
    record Answer(Image image, Photo photo, Report report) {}

    /** A size at which everything is worked out. */
    private record Ready(
            Photo photo,
            Scene scene,
            Optional<Depth> depth,
            Optional<Refocus> refocus,
            List<Box> faces,
            double scale) {}

    /** Lets the memory go; the next wish takes longer. */
    synchronized void rest() {
        preview = null;
    }

    /** Works the preview out. */
    synchronized void prepare() {
        ready(false);
    }

    private Ready ready(boolean full) {
        Ready known = preview;
        if (!full && known != null) {
            return known;
        }
        Photo whole = Photo.read(photo);
        double longer = Math.max(whole.image().width(), whole.image().height());
        double scale = full ? 1 : Math.min(1, PREVIEW / longer);
        Image image = scale < 1 ? smaller(whole.image(), scale) : whole.image();
        Scene scene = eye.get().look(image);
        List<Box> faces = scene.faces().stream()
                .filter(f -> f.score() >= SURE)
                .map(Face::box)
                .toList();
        Optional<Depth> map = depth.map(d -> Depth.read(d)
                .fitting(image.width(), image.height(), d.getFileName().toString()));
        Optional<Refocus> refocus = map.map(d -> Refocus.of(image, d));
        var made = new Ready(new Photo(image, whole.exif()), scene, map, refocus, faces, scale);
        if (!full) {
            preview = made;
        }
        return made;
    }

    private static Image smaller(Image image, double scale) {
        int w = (int) Math.round(image.width() * scale);
        int h = (int) Math.round(image.height() * scale);
        return new Resize(w, h, Resize.Filter.BOX).apply(image);
    }

    /** With another focus and aperture: fields x, y, aperture, blades, catsEye, highlights, width. */
    synchronized Answer focus(Order wish) {
        Ready ready = ready(full(wish));
        double number = wish.number("aperture");
        return ready.refocus
                .map(refocus -> focused(ready, refocus, number, wish))
                .orElseGet(() -> blurred(ready, Double.isNaN(number) ? 2 : number));
    }

    private static Answer focused(Ready ready, Refocus refocus, double number, Order wish) {
        Optional<Point2> point = point(wish).map(p -> onGrid(p, ready.scale));
        Focus focus = point.map(p -> Focus.at(refocus.disparity(), p))
                .orElseGet(() -> Focus.of(refocus.disparity(), ready.faces));
        Aperture suited = Aperture.suited(refocus.disparity(), focus, ready.faces);
        Aperture aperture = Double.isNaN(number) ? suited : suited.withNumber(number);
        Lens lens = Knobs.turn(Lens.NORMAL, wish.wishes());
        Image image = refocus.apply(new Bokeh(focus.disparity(), aperture.blur(refocus.disparity(), focus), lens));
        Point2 at = onGrid(focus.at(), 1 / ready.scale);
        var report = new Report(
                focus.subject().name().toLowerCase(Locale.ROOT),
                at.x(),
                at.y(),
                aperture.number(),
                aperture.scene().name().toLowerCase(Locale.ROOT));
        return new Answer(image, ready.photo, report);
    }

    /** Without depth the person stays sharp. */
    private Answer blurred(Ready ready, double number) {
        if (!BackgroundBlur.suits(ready.scene)) {
            throw new BadInput(
                    photo.getFileName().toString(),
                    "carries no depth and shows no person",
                    "give the depth with it, or the other lens's picture");
        }
        Image image = new BackgroundBlur(number).paint(ready.scene);
        return new Answer(image, ready.photo, new Report("person", 0, 0, number, "portrait"));
    }

    private static Optional<Point2> point(Order wish) {
        double x = wish.number("x");
        double y = wish.number("y");
        return Double.isNaN(x) || Double.isNaN(y) ? Optional.empty() : Optional.of(new Point2(x, y));
    }

    private static Point2 onGrid(Point2 p, double scale) {
        return new Point2((p.x() + 0.5) * scale - 0.5, (p.y() + 0.5) * scale - 0.5);
    }

    /** In another light: fields preset, and lx, ly, lz for where the lamp is; the knobs of the light. */
    synchronized Answer light(Order wish) {
        Ready ready = ready(full(wish));
        var light = RelightService.light(wish);
        double x = wish.number("lx");
        if (!Double.isNaN(x)) {
            light = light.from(x, wish.number("ly"), wish.number("lz"));
        }
        var lamp = light;
        return painted(
                ready, ready.depth.map(d -> lamp.paint(ready.scene, d)).orElseGet(() -> lamp.paint(ready.scene)));
    }

    /** With colour for the person alone. */
    synchronized Answer pop(Order wish) {
        Ready ready = ready(full(wish));
        return painted(ready, new ColourRetention().paint(ready.scene));
    }

    private static Answer painted(Ready ready, Image image) {
        return new Answer(image, ready.photo, new Report(ready.faces.isEmpty() ? "" : "face", 0, 0, 0, ""));
    }

    private static boolean full(Order wish) {
        return wish.wish("width", "").equals("full");
    }

    /** How many faces were seen. */
    synchronized int faces() {
        return ready(false).faces.size();
    }
}
