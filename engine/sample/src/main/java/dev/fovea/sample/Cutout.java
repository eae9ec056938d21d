package dev.fovea.sample;

import dev.fovea.image.Colour;
import dev.fovea.image.GaussianBlur;
import dev.fovea.image.Image;

/**
 * A thing cut out of its background, lying somewhere on a world picture.
 *
 * @param x column of the world at which the centre of its top-left sample lies
 * @param y row of the world, likewise
 * @param light {@link Colour#LINEAR}, already multiplied by the cover
 * @param cover {@link Colour#LINEAR_GREY}, 0..1, of the same size: how much of what lies behind it hides
 */
public record Cutout(double x, double y, Image light, Image cover) {
    /** Checks sizes and colours. */
    public Cutout {
        if (light.colour() != Colour.LINEAR
                || cover.colour() != Colour.LINEAR_GREY
                || light.width() != cover.width()
                || light.height() != cover.height()) {
            throw new IllegalArgumentException("a cutout of " + light + " with a cover of " + cover);
        }
    }

    /** The same thing elsewhere. */
    public Cutout moved(double dx, double dy) {
        return new Cutout(x + dx, y + dy, light, cover);
    }

    /** The same thing seen through a lens that blurs by a Gaussian of so many samples. */
    public Cutout blurred(double sigma) {
        int rim = (int) Math.ceil(3 * sigma);
        var blur = new GaussianBlur(sigma);
        return new Cutout(x - rim, y - rim, blur.apply(framed(light, rim)), blur.apply(framed(cover, rim)));
    }

    private static Image framed(Image image, int rim) {
        int w = image.width() + 2 * rim;
        float[][] planes = new float[image.colour().planes()][w * (image.height() + 2 * rim)];
        for (int c = 0; c < planes.length; c++) {
            for (int y = 0; y < image.height(); y++) {
                System.arraycopy(image.plane(c), y * image.width(), planes[c], (y + rim) * w + rim, image.width());
            }
        }
        return Image.of(w, image.height() + 2 * rim, image.colour(), planes);
    }

    /**
     * A round piece of a picture, its rim softened over one sample.
     *
     * @param from a {@link Colour#LINEAR} picture
     * @param cx column of the piece's centre in that picture; the piece may reach over its border, which is continued
     * @param cy row of the piece's centre
     * @param radius in samples
     */
    public static Cutout disc(Image from, int cx, int cy, int radius) {
        int size = 2 * radius + 3;
        float[][] light = new float[3][size * size];
        float[] cover = new float[size * size];
        for (int i = 0; i < cover.length; i++) {
            int u = i % size - radius - 1;
            int v = i / size - radius - 1;
            cover[i] = (float) Math.clamp(radius + 0.5 - Math.hypot(u, v), 0, 1);
            int at = Math.clamp(cy + v, 0, from.height() - 1) * from.width() + Math.clamp(cx + u, 0, from.width() - 1);
            for (int c = 0; c < 3; c++) {
                light[c][i] = cover[i] * from.plane(c)[at];
            }
        }
        return new Cutout(
                cx - radius - 1,
                cy - radius - 1,
                Image.of(size, size, Colour.LINEAR, light),
                Image.of(size, size, Colour.LINEAR_GREY, cover));
    }
}
