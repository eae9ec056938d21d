package dev.fovea.image;

import dev.fovea.Work;
import dev.fovea.image.kernel.Bilinear;

/**
 * A dense map: pixel (x, y) of the result is taken from (x + dx, y + dy). Two planes of pixels, row-major, never changed after they are
 * returned.
 */
public final class Displacement implements Mapping {
    private final int width;
    private final int height;
    private final float[] dx;
    private final float[] dy;

    private Displacement(int width, int height, float[] dx, float[] dy) {
        this.width = width;
        this.height = height;
        this.dx = dx;
        this.dy = dy;
    }

    /**
     * A map over the given planes, which are not copied and must not be changed afterwards.
     *
     * @param dx how far to the right each pixel is taken from, width × height values
     * @param dy how far below
     */
    public static Displacement of(int width, int height, float[] dx, float[] dy) {
        if (width < 1 || height < 1 || (long) width * height > Image.MAX_PIXELS) {
            throw new IllegalArgumentException("a displacement of " + width + " x " + height);
        }
        if (dx.length != width * height || dy.length != width * height) {
            throw new IllegalArgumentException(
                    "planes of " + dx.length + " and " + dy.length + " values for " + width + " x " + height);
        }
        return new Displacement(width, height, dx, dy);
    }

    /** Any map, written out for every pixel of a picture. */
    public static Displacement of(Mapping map, int width, int height) {
        if (map instanceof Displacement d && d.width == width && d.height == height) {
            return d;
        }
        var dx = new float[width * height];
        var dy = new float[width * height];
        Work.rows(height, 16, (from, to) -> {
            for (int y = from; y < to; y++) {
                Warp.row(map, 0, y, width, dx, dy, y * width);
            }
        });
        return of(width, height, dx, dy);
    }

    /** Pixels per row. */
    public int width() {
        return width;
    }

    /** Rows. */
    public int height() {
        return height;
    }

    /** How far to the right each pixel is taken from: the live array, read only. */
    public float[] dx() {
        return dx;
    }

    /** How far below each pixel is taken from: the live array, read only. */
    public float[] dy() {
        return dy;
    }

    /** Where a point is taken from: bilinear between pixels; beyond the edge the nearest pixel's displacement counts. */
    @Override
    public Point2 apply(Point2 p) {
        int x = (int) Math.floor(Math.clamp(p.x(), 0, width - 1));
        int y = (int) Math.floor(Math.clamp(p.y(), 0, height - 1));
        float fx = (float) (p.x() - x);
        float fy = (float) (p.y() - y);
        return new Point2(
                p.x() + Bilinear.value(dx, width, height, x, fx, y, fy),
                p.y() + Bilinear.value(dy, width, height, x, fx, y, fy));
    }

    /**
     * The warp by this map followed by a warp by another, as one: the pixel p of the result comes from q = p + next(p), and further from
     * q + this(q).
     *
     * @param next of any size; the result has its size
     */
    public Displacement then(Displacement next) {
        var x = new float[next.dx.length];
        var y = new float[next.dy.length];
        Work.rows(next.height, 16, (from, to) -> {
            for (int r = from; r < to; r++) {
                int at = r * next.width;
                Bilinear.row(dx, width, height, next.dx, next.dy, at, 0, r, x, at, next.width);
                Bilinear.row(dy, width, height, next.dx, next.dy, at, 0, r, y, at, next.width);
                for (int i = at; i < at + next.width; i++) {
                    x[i] += next.dx[i];
                    y[i] += next.dy[i];
                }
            }
        });
        return of(next.width, next.height, x, y);
    }

    /** The picture moved by this map, with bicubic sampling. */
    public Image warp(Image image) {
        return new Warp(this, width, height, Warp.Sampling.BICUBIC).apply(image);
    }
}
