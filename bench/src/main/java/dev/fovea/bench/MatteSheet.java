package dev.fovea.bench;

import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.vision.Eye;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A contact sheet: each portrait beside its persons on a ground of one colour, cut out by their mattes. */
final class MatteSheet {
    private static final int WIDTH = 300;
    private static final int HEIGHT = 400;
    private static final int GAP = 12;
    private static final int ACROSS = 8;
    private static final float PAPER = 0.09f;
    /** What people are laid on in turn: no colour of a skin. */
    private static final float[][] GROUNDS = {
        {0.16f, 0.45f, 0.47f}, {0.91f, 0.69f, 0.24f}, {0.33f, 0.30f, 0.52f}, {0.83f, 0.84f, 0.82f}
    };

    private final Eye eye;

    MatteSheet(Eye eye) {
        this.eye = eye;
    }

    Image of(List<Path> portraits) {
        int rows = (2 * portraits.size() + ACROSS - 1) / ACROSS;
        int w = ACROSS * (WIDTH + GAP) + GAP;
        int h = rows * (HEIGHT + GAP) + GAP;
        var sheet = new float[3][w * h];
        for (float[] plane : sheet) {
            Arrays.fill(plane, PAPER);
        }
        for (int i = 0; i < 2 * portraits.size(); i += 2) {
            Image picture = cut(Image.read(portraits.get(i / 2)).to(Colour.SRGB));
            Image matte = eye.look(picture).person();
            lay(picture, sheet, w, i);
            lay(laid(picture, matte, GROUNDS[i / 2 % GROUNDS.length]), sheet, w, i + 1);
        }
        return Image.of(w, h, Colour.SRGB, sheet);
    }

    /** The middle in the sheet's proportions. */
    private static Image cut(Image picture) {
        int w = Math.min(picture.width(), picture.height() * WIDTH / HEIGHT);
        int h = Math.min(picture.height(), picture.width() * HEIGHT / WIDTH);
        Image middle = new Crop((picture.width() - w) / 2, (picture.height() - h) / 2, w, h).apply(picture);
        return new Resize(WIDTH, HEIGHT).apply(middle);
    }

    private static Image laid(Image picture, Image matte, float[] ground) {
        var planes = new float[3][];
        for (int c = 0; c < 3; c++) {
            planes[c] = picture.plane(c).clone();
            for (int i = 0; i < planes[c].length; i++) {
                planes[c][i] = ground[c] + matte.plane(0)[i] * (planes[c][i] - ground[c]);
            }
        }
        return Image.of(picture.width(), picture.height(), Colour.SRGB, planes);
    }

    private static void lay(Image picture, float[][] sheet, int pitch, int place) {
        int left = GAP + place % ACROSS * (WIDTH + GAP);
        int top = GAP + place / ACROSS * (HEIGHT + GAP);
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < HEIGHT; y++) {
                System.arraycopy(picture.plane(c), y * WIDTH, sheet[c], (top + y) * pitch + left, WIDTH);
            }
        }
    }
}
