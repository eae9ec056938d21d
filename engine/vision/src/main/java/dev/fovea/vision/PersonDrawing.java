package dev.fovea.vision;

import dev.fovea.Work;
import dev.fovea.image.BoxBlur;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;

/** Persons on a picture: what is not them steps back a little, and a thin light follows their outline. */
final class PersonDrawing {
    private static final float[] LIGHT = {0.62f, 0.91f, 1f};
    private static final float STRENGTH = 0.75f;
    /** How far everything else is darkened. */
    private static final float BACK = 0.35f;
    /** From this share of the picture on persons count in full; where there are none, nothing steps back. */
    private static final double SOMEBODY = 0.01;
    /** The outline's width, in parts of the longer side. */
    private static final double WIDTH = 1.0 / 500;

    /** So far from a half a matte is taken for certain: a line is no place for doubt. */
    private static final float DOUBT = 0.2f;

    private static final int BAND = 1 << 16;

    private PersonDrawing() {}

    /** The picture, sRGB, with its persons drawn. */
    static Image over(Image picture, Image matte) {
        int w = picture.width();
        int h = picture.height();
        Image outline = steep(matte);
        float[] cover = outline.plane(0);
        double sum = 0;
        for (float c : cover) {
            sum += c;
        }
        if (sum == 0) {
            return picture;
        }
        float back = (float) (BACK * Math.min(1, sum / cover.length / SOMEBODY));
        int radius = Math.max(1, (int) Math.round(WIDTH * Math.max(w, h)));
        float[] soft = new BoxBlur(radius).apply(outline).plane(0);
        var planes = new float[3][w * h];
        Work.rows(w * h, BAND, (from, to) -> {
            for (int i = from; i < to; i++) {
                float line = STRENGTH * 4 * soft[i] * (1 - soft[i]);
                float kept = 1 - back * (1 - cover[i]);
                for (int c = 0; c < 3; c++) {
                    float v = kept * picture.plane(c)[i];
                    planes[c][i] = v + line * (LIGHT[c] - v);
                }
            }
        });
        return Image.of(w, h, Colour.SRGB, planes);
    }

    private static Image steep(Image matte) {
        var steep = new float[matte.plane(0).length];
        Work.rows(steep.length, BAND, (from, to) -> {
            for (int i = from; i < to; i++) {
                steep[i] = Math.clamp((matte.plane(0)[i] - 0.5f) / (2 * DOUBT) + 0.5f, 0, 1);
            }
        });
        return Image.of(matte.width(), matte.height(), Colour.GREY, steep);
    }
}
