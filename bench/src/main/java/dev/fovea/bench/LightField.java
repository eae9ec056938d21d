package dev.fovea.bench;

import dev.fovea.image.Affine2;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Warp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The views of {@code lightfield/}: 9 × 9 places of a camera, {@code view_ROW_COLUMN.jpg}. A thing of disparity d between neighbouring views lies d
 * further right in the next column and d further down in the next row.
 *
 * @param views linear light, row by row
 */
record LightField(Image[][] views) {
    static final int SIDE = 9;
    private static final int FIRST = 9;
    private static final int MIDDLE = SIDE / 2;

    static Optional<LightField> read(Path data) {
        var views = new Image[SIDE][SIDE];
        for (int r = 0; r < SIDE; r++) {
            for (int c = 0; c < SIDE; c++) {
                Path file = data.resolve("lightfield/view_%02d_%02d.jpg".formatted(FIRST + r, FIRST + c));
                if (!Files.exists(file)) {
                    return Optional.empty();
                }
                views[r][c] = Image.read(file).to(Colour.LINEAR);
            }
        }
        return Optional.of(new LightField(views));
    }

    /** The view in the middle, in which a pair's left camera stands, as display values. */
    Image centre() {
        return views[MIDDLE][MIDDLE].to(Colour.SRGB);
    }

    /** The view four columns beside it, in which things lie further left: that of the pair's right camera. */
    Image beside() {
        return views[MIDDLE][0].to(Colour.SRGB);
    }

    /**
     * What the square aperture sees that all views fill: their mean, each shifted so that what is in focus lies where the view in the middle
     * has it.
     *
     * @param focus the disparity in focus, between the two views of the pair
     */
    Image aperture(double focus) {
        double step = focus / MIDDLE;
        Image centre = views[MIDDLE][MIDDLE];
        var sum = new float[3][centre.width() * centre.height()];
        for (int r = 0; r < SIDE; r++) {
            for (int c = 0; c < SIDE; c++) {
                Image moved = Warp.of(views[r][c], Affine2.shift((c - MIDDLE) * step, (r - MIDDLE) * step));
                for (int p = 0; p < 3; p++) {
                    for (int i = 0; i < sum[p].length; i++) {
                        sum[p][i] += moved.plane(p)[i] / (SIDE * SIDE);
                    }
                }
            }
        }
        return Image.of(centre.width(), centre.height(), Colour.LINEAR, sum).to(Colour.SRGB);
    }

    /** The side of the square that 81 views fill, each of them a ninth of it, in pixels for each pixel of the pair's disparity. */
    static double blur() {
        return (double) SIDE / MIDDLE;
    }
}
