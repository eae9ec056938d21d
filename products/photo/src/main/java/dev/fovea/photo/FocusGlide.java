package dev.fovea.photo;

import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import java.time.Duration;
import java.util.Optional;

/**
 * Who is in focus in a video, moment by moment. As people come and go the blur glides in and out, and when the subject changes the focus
 * glides from one to the other as a hand on a lens would draw it, over half a second of the video's own time, whatever its frame rate.
 */
final class FocusGlide {
    /** Seconds of a glide. */
    static final double SECONDS = 0.5;

    private static final double USUAL = 1.0 / 30;
    /** Longer gaps are a cut or a pause: nothing glides over them. */
    private static final double CUT = 1;
    /** From one frame to the next a subject covers much of where it was; what covers less of both together is another one. */
    private static final double SAME = 0.2;

    /**
     * What a lens shows.
     *
     * @param person how much in focus each pixel is, 0..1
     * @param amount of the full blur of what is not, 0..1
     * @param between how far the focus is from either of two subjects, 0..1; 0 unless it glides
     */
    record Moment(Image person, double amount, double between) {}

    private Optional<Duration> before = Optional.empty();
    private Optional<Image> latest = Optional.empty();
    private Image from = Image.of(1, 1, Colour.GREY, new float[1]);
    private Image shown = from;
    private double amount;
    private double way = 1;

    /**
     * The next frame.
     *
     * @param person its matte
     * @param at when it was taken; without it the frames are a 30th of a second apart
     */
    Moment next(Image person, Optional<Duration> at) {
        boolean present = BackgroundBlur.present(person);
        double step = step(at, person) / SECONDS;
        if (Double.isInfinite(step)) {
            latest = Optional.empty();
            way = 1;
            shown = person;
        }
        amount = present ? Math.min(1, amount + step) : Math.max(0, amount - step);
        if (present) {
            glide(person, step);
        }
        latest = present ? Optional.of(person) : Optional.empty();
        double part = smooth(way);
        return new Moment(shown, smooth(amount), present ? 4 * part * (1 - part) : 0);
    }

    /** Who has just left stays in focus until the blur is gone; who is there is followed, or the focus glides there. */
    private void glide(Image person, double step) {
        if (latest.isPresent() && overlap(latest.get(), person) < SAME) {
            from = shown;
            way = 0;
        }
        way = Math.min(1, way + step);
        shown = way < 1 ? mixed(from, person, (float) smooth(way)) : person;
    }

    /** Seconds since the last frame; infinite for the first one and after a cut. */
    private double step(Optional<Duration> at, Image person) {
        boolean first = shown.width() != person.width() || shown.height() != person.height();
        double since = at.isPresent() && before.isPresent()
                ? at.get().minus(before.get()).toNanos() / 1e9
                : USUAL;
        before = at;
        if (first || since > CUT) {
            return Double.POSITIVE_INFINITY;
        }
        return since > 0 ? since : USUAL;
    }

    /** What two mattes share of what they cover together. */
    private static double overlap(Image a, Image b) {
        double both = 0;
        double either = 1e-9;
        for (int i = 0; i < a.plane(0).length; i++) {
            both += Math.min(a.plane(0)[i], b.plane(0)[i]);
            either += Math.max(a.plane(0)[i], b.plane(0)[i]);
        }
        return both / either;
    }

    private static Image mixed(Image a, Image b, float part) {
        var mixed = new float[a.plane(0).length];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = a.plane(0)[i] + part * (b.plane(0)[i] - a.plane(0)[i]);
        }
        return Image.of(a.width(), a.height(), Colour.GREY, mixed);
    }

    private static double smooth(double t) {
        return t * t * (3 - 2 * t);
    }
}
