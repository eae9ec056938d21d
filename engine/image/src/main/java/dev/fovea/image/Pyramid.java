package dev.fovea.image;

import dev.fovea.image.kernel.PyramidStep;
import java.util.ArrayList;
import java.util.List;

/** Gaussian and Laplacian pyramids (Burt and Adelson, "The Laplacian Pyramid as a Compact Image Code", 1983). */
public final class Pyramid {
    private Pyramid() {}

    /** The next smaller level: half the size, rounded up. */
    public static Image down(Image image) {
        int w = image.width();
        int h = image.height();
        int sw = (w + 1) / 2;
        int sh = (h + 1) / 2;
        return Planes.weighted(
                image,
                planes -> {
                    var out = new float[planes.length][sw * sh];
                    for (int c = 0; c < out.length; c++) {
                        PyramidStep.down(planes[c], w, h, out[c]);
                    }
                    return out;
                },
                sw,
                sh);
    }

    /**
     * The next larger level.
     *
     * @param width twice that of the picture, or one less
     * @param height twice that of the picture, or one less
     */
    public static Image up(Image image, int width, int height) {
        if ((width + 1) / 2 != image.width() || (height + 1) / 2 != image.height()) {
            throw new IllegalArgumentException(image + " cannot go up to " + width + " x " + height);
        }
        return Planes.weighted(
                image,
                planes -> {
                    var out = new float[planes.length][width * height];
                    for (int c = 0; c < out.length; c++) {
                        PyramidStep.up(planes[c], image.width(), image.height(), out[c], width, height);
                    }
                    return out;
                },
                width,
                height);
    }

    /**
     * The picture and its smaller levels.
     *
     * @param levels how many at most, the picture included; fewer once one pixel is reached
     */
    public static List<Image> gaussian(Image image, int levels) {
        var all = new ArrayList<Image>();
        Image level = image;
        for (int i = 0; i < levels; i++) {
            all.add(level);
            if (level.width() == 1 && level.height() == 1) {
                break;
            }
            level = i + 1 < levels ? down(level) : level;
        }
        return all;
    }

    /** What each level has that the next does not, and the smallest level itself; {@link #collapse} gives the picture back. */
    public static List<Image> laplacian(Image image, int levels) {
        List<Image> all = gaussian(image, levels);
        for (int i = 0; i < all.size() - 1; i++) {
            Image fine = all.get(i);
            all.set(i, sum(fine, up(all.get(i + 1), fine.width(), fine.height()), -1));
        }
        return all;
    }

    /** The picture of a Laplacian pyramid. */
    public static Image collapse(List<Image> laplacian) {
        Image image = laplacian.getLast();
        for (Image detail : laplacian.reversed().subList(1, laplacian.size())) {
            image = sum(detail, up(image, detail.width(), detail.height()), 1);
        }
        return image;
    }

    private static Image sum(Image a, Image b, float sign) {
        var out = new float[a.colour().planes()][a.width() * a.height()];
        for (int c = 0; c < out.length; c++) {
            PyramidStep.add(a.plane(c), b.plane(c), sign, out[c]);
        }
        return Image.of(a.width(), a.height(), a.colour(), out);
    }
}
