package dev.fovea.space;

import dev.fovea.Work;
import dev.fovea.image.Displacement;
import dev.fovea.image.Image;
import dev.fovea.image.Point2;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A pair whose rows correspond.
 *
 * @param pair the views
 * @param place of each pixel of the left picture as it was taken, where it went in the left view; empty if it stayed
 * @param pixelMetres depth in metres times disparity in pixels, where lenses and their distance are known
 */
public record Rectified(StereoPair pair, Optional<Displacement> place, OptionalDouble pixelMetres) {
    /** A pair that is rectified as it is. */
    public static Rectified asTaken(StereoPair pair) {
        return new Rectified(pair, Optional.empty(), OptionalDouble.empty());
    }

    /** Disparity of the left view, brought back to the left picture as it was taken; unknown where that was not in the view. */
    public Disparity onPicture(Disparity view) {
        return place.map(p -> moved(view, p)).orElse(view);
    }

    private static Disparity moved(Disparity view, Displacement place) {
        int w = place.width(), h = place.height();
        var out = new float[w * h];
        Work.rows(h, 32, (from, to) -> {
            for (int y = from; y < to; y++) {
                for (int x = 0; x < w; x++) {
                    int i = y * w + x;
                    // the nearest pixel: between two surfaces there is nothing
                    int u = Math.round(x + place.dx()[i]), v = Math.round(y + place.dy()[i]);
                    u = Math.clamp(u, 0, view.width() - 1);
                    v = Math.clamp(v, 0, view.height() - 1);
                    out[i] = view.at(u, v);
                }
            }
        });
        return Disparity.of(w, h, out);
    }

    /** Disparity as metres, if lenses and their distance are known. */
    public Depth depth(Disparity disparity) {
        if (pixelMetres.isEmpty()) {
            return disparity;
        }
        var metres = new float[disparity.pixels().length];
        for (int i = 0; i < metres.length; i++) {
            metres[i] = (float) (pixelMetres.getAsDouble() / disparity.pixels()[i]);
        }
        return DepthMap.of(disparity.width(), disparity.height(), metres);
    }

    /** A view seen through a map that says where each of its pixels is taken from. */
    static Image seen(Image picture, Displacement from) {
        return from.warp(picture);
    }

    /** Where points go, written out for each pixel of a picture. */
    static Displacement places(java.util.function.UnaryOperator<Point2> map, int width, int height) {
        var dx = new float[width * height];
        var dy = new float[width * height];
        Work.rows(height, 16, (from, to) -> {
            for (int i = from * width; i < to * width; i++) {
                Point2 p = map.apply(new Point2(i % width, i / width));
                dx[i] = (float) (p.x() - i % width);
                dy[i] = (float) (p.y() - i / width);
            }
        });
        return Displacement.of(width, height, dx, dy);
    }
}
