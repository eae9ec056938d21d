package dev.fovea.image;

import dev.fovea.Stage;
import dev.fovea.Work;
import dev.fovea.image.kernel.Bicubic;
import dev.fovea.image.kernel.Bilinear;
import dev.fovea.image.kernel.Lattice;

/**
 * Moves pixels: the result's pixel p is the picture's value at {@code source.apply(p)}. Beyond the picture its edge continues. Coverage
 * weighs the colours of an SRGBA picture.
 *
 * @param source where each pixel of the result is taken from
 * @param width pixels per row of the result
 * @param height rows of the result
 * @param sampling how values between pixels are found
 */
public record Warp(Mapping source, int width, int height, Sampling sampling) implements Stage<Image, Image> {
    /** How values between pixels are found. */
    public enum Sampling {
        /** Two by two pixels, weighted by distance: never beyond their range, a little soft. */
        BILINEAR,
        /** Four by four pixels, Catmull-Rom (Keys 1981, a = -1/2): sharper, may overshoot at edges. */
        BICUBIC
    }

    private static final int BAND = 64;
    private static final int TILE = 512;

    /** Checks the size. */
    public Warp {
        if (width < 1 || height < 1 || (long) width * height > Image.MAX_PIXELS) {
            throw new IllegalArgumentException("a result of " + width + " x " + height + " pixels");
        }
        if (source instanceof Displacement d && (d.width() != width || d.height() != height)) {
            throw new IllegalArgumentException("a displacement of " + d.width() + " x " + d.height()
                    + " for a result of " + width + " x " + height);
        }
    }

    /** A result of the same size as the picture, with bicubic sampling. */
    public static Image of(Image image, Mapping source) {
        return new Warp(source, image.width(), image.height(), Sampling.BICUBIC).apply(image);
    }

    @Override
    public Image apply(Image image) {
        return Planes.weighted(image, (planes) -> moved(planes, image.width(), image.height()), width, height);
    }

    private float[][] moved(float[][] planes, int w, int h) {
        var out = new float[planes.length][width * height];
        Work.rows(height, BAND, (from, to) -> {
            for (int x = 0; x < width; x += TILE) {
                tile(planes, w, h, x, Math.min(TILE, width - x), from, to, out);
            }
        });
        return out;
    }

    /** A tile's source stays in the cache while the rows of the result cross it at a slant. */
    private void tile(float[][] planes, int w, int h, int x, int n, int from, int to, float[][] out) {
        boolean given = source instanceof Displacement;
        float[] dx = source instanceof Displacement d ? d.dx() : new float[n];
        float[] dy = source instanceof Displacement d ? d.dy() : new float[n];
        for (int y = from; y < to; y++) {
            int at = given ? y * width + x : 0;
            if (!given) {
                row(source, x, y, n, dx, dy, 0);
            }
            for (int c = 0; c < planes.length; c++) {
                if (sampling == Sampling.BILINEAR) {
                    Bilinear.row(planes[c], w, h, dx, dy, at, x, y, out[c], y * width + x, n);
                } else {
                    Bicubic.row(planes[c], w, h, dx, dy, at, x, y, out[c], y * width + x, n);
                }
            }
        }
    }

    /** n pixels of row y of a map, as displacements. */
    static void row(Mapping map, int x, int y, int n, float[] dx, float[] dy, int at) {
        switch (map) {
            case Affine2 m -> Lattice.affine(m.a(), m.b(), m.c(), m.d(), m.e(), m.f(), x, y, dx, dy, at, n);
            case Homography m -> Lattice.projective(m.rows(), x, y, dx, dy, at, n);
            case Displacement m -> {
                for (int i = 0; i < n; i++) {
                    Point2 p = m.apply(new Point2(x + i, y));
                    dx[at + i] = (float) (p.x() - x - i);
                    dy[at + i] = (float) (p.y() - y);
                }
            }
        }
    }
}
