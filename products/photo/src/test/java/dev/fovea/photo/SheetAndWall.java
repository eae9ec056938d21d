package dev.fovea.photo;

import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.space.Disparity;

/**
 * A sheet with a straight edge before a wall, seen through a real opening: rays through all of it, no approximation. The sheet covers what
 * lies left of a slanted line.
 *
 * @param front the sheet's disparity
 * @param back the wall's
 */
record SheetAndWall(int width, int height, double front, double back) {
    private static final int RAYS = 24;

    boolean sheet(double x, double y) {
        return x + 0.2 * y < width * 0.6;
    }

    private double light(int c, boolean sheet, double x, double y) {
        return sheet
                ? 0.4 + 0.2 * Math.sin(0.35 * x + c) * Math.sin(0.3 * y)
                : 0.3 + 0.1 * c + 0.002 * x + 0.05 * Math.sin(0.2 * y);
    }

    Disparity disparity() {
        var d = new float[width * height];
        for (int i = 0; i < d.length; i++) {
            d[i] = (float) (sheet(i % width, i / width) ? front : back);
        }
        return Disparity.of(width, height, d);
    }

    /** Everything sharp. */
    Image picture() {
        return through(new Bokeh(0, 0, Lens.ROUND), 1);
    }

    /** Through a round or square opening. */
    Image through(Bokeh wish) {
        return through(wish, RAYS);
    }

    private Image through(Bokeh wish, int rays) {
        var out = new float[3][width * height];
        boolean round = wish.lens().blades() == 0;
        for (int i = 0; i < width * height; i++) {
            int n = 0;
            var sum = new double[3];
            for (int k = 0; k < rays * rays; k++) {
                double u = (k % rays + 0.5) / rays - 0.5;
                double v = (k / rays + 0.5) / rays - 0.5;
                if (!round || u * u + v * v <= 0.25) {
                    n++;
                    add(sum, i % width, i / width, u * wish.blur(), v * wish.blur(), wish.focus());
                }
            }
            for (int c = 0; c < 3; c++) {
                out[c][i] = (float) (sum[c] / n);
            }
        }
        return Image.of(width, height, Colour.LINEAR, out);
    }

    private void add(double[] sum, int x, int y, double u, double v, double focus) {
        double nearX = x + u * (front - focus);
        double nearY = y + v * (front - focus);
        boolean sheet = sheet(nearX, nearY);
        double px = sheet ? nearX : x + u * (back - focus);
        double py = sheet ? nearY : y + v * (back - focus);
        for (int c = 0; c < 3; c++) {
            sum[c] += light(c, sheet, px, py);
        }
    }
}
