package dev.fovea.vision;

import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/** Faces drawn with a few strokes where an aligned face has them: what does not change follows from the person's number. */
final class DrawnPerson {
    private static final int SIDE = 112;

    private DrawnPerson() {}

    /**
     * A picture of a person.
     *
     * @param person a number
     * @param picture another one: lamp, shift and noise differ
     */
    static Image of(int person, int picture) {
        var look = new Random(person);
        var lamp = new Random(1000L * person + picture);
        var canvas = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = canvas.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setColor(new Color(90, 100, 110));
        g.fillRect(0, 0, SIDE, SIDE);
        g.translate(lamp.nextGaussian() * 0.7, lamp.nextGaussian() * 0.7);
        face(g, look);
        g.dispose();
        return lit(canvas, lamp);
    }

    private static void face(Graphics2D g, Random look) {
        double wide = 40 + 8 * look.nextDouble();
        g.setColor(new Color(205, 160, 135));
        g.fill(new Ellipse2D.Double(56 - wide, 4, 2 * wide, 118));
        float brow = 2 + 5 * look.nextFloat();
        double browAt = 36 + 7 * look.nextDouble();
        double slant = 6 * look.nextDouble() - 3;
        double eye = 5 + 4 * look.nextDouble();
        double apart = 17 + 3 * look.nextDouble();
        double nose = 4 + 7 * look.nextDouble();
        double mouth = 10 + 9 * look.nextDouble();
        double curve = 8 * look.nextDouble() - 3;
        float lips = 2 + 4 * look.nextFloat();
        boolean beard = look.nextBoolean();
        g.setColor(new Color(60, 40, 30));
        for (int side : new int[] {-1, 1}) {
            g.setStroke(new BasicStroke(brow));
            g.draw(curve(56 + side * 8, browAt + slant, 56 + side * apart, browAt - 4, 56 + side * 28, browAt));
            g.setStroke(new BasicStroke(1.6f));
            g.draw(new Ellipse2D.Double(56 + side * apart - eye, 51.5 - eye / 2, 2 * eye, eye));
            g.fill(new Ellipse2D.Double(56 + side * apart - 2.5, 49, 5, 5));
            g.draw(curve(56 + side * 3, 55, 56 + side * nose * 0.6, 68, 56 + side * nose, 73));
        }
        g.draw(curve(56 - nose, 75, 56, 79, 56 + nose, 75));
        if (beard) {
            g.setStroke(new BasicStroke(9));
            g.draw(curve(56 - wide + 6, 85, 56, 132, 56 + wide - 6, 85));
        }
        g.setColor(new Color(150, 70, 70));
        g.setStroke(new BasicStroke(lips));
        g.draw(curve(56 - mouth, 92, 56, 92 + curve, 56 + mouth, 92));
    }

    private static Path2D curve(double x0, double y0, double x1, double y1, double x2, double y2) {
        var path = new Path2D.Double();
        path.moveTo(x0, y0);
        path.quadTo(x1, y1, x2, y2);
        return path;
    }

    /** Under a lamp from one side, with a little noise. */
    private static Image lit(BufferedImage canvas, Random lamp) {
        double slope = 0.5 * (lamp.nextDouble() - 0.5);
        double gain = 0.5 + 0.7 * lamp.nextDouble();
        var planes = new float[3][SIDE * SIDE];
        for (int i = 0; i < SIDE * SIDE; i++) {
            int rgb = canvas.getRGB(i % SIDE, i / SIDE);
            double light = gain * (1 + slope * (2.0 * (i % SIDE) / SIDE - 1));
            for (int c = 0; c < 3; c++) {
                double v = (rgb >> 16 - 8 * c & 255) / 255.0 * light + 0.01 * lamp.nextGaussian();
                planes[c][i] = (float) Math.clamp(v, 0, 1);
            }
        }
        return Image.of(SIDE, SIDE, Colour.SRGB, planes);
    }
}
