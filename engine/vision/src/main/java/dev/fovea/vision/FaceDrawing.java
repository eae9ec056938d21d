package dev.fovea.vision;

import dev.fovea.image.Box;
import dev.fovea.image.Point2;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;
import java.util.Locale;

/** One face on a canvas: thin lines whose width follows the size of the face. */
final class FaceDrawing {
    private static final Color INK = new Color(245, 248, 255);
    private static final Color CONTOUR = new Color(120, 225, 255);
    private static final Color LIPS = new Color(255, 150, 165);
    private static final Color IRIS = new Color(255, 205, 85);
    private static final Color SHUT = new Color(255, 112, 92);
    private static final Color PLATE = new Color(10, 14, 22, 165);
    private static final Color[] AXES = {new Color(255, 105, 97), new Color(119, 221, 119), new Color(120, 160, 255)};
    /** Faces narrower than this get a box and nothing else: there is no room for more. */
    private static final double TINY = 36;

    private final Graphics2D g;
    private final Face face;
    private final Box around;
    private final double unit;
    private final int width;
    private final int height;

    FaceDrawing(Graphics2D g, Face face, int width, int height) {
        this.g = g;
        this.face = face;
        this.around = face.mesh().box();
        this.unit = Math.clamp(around.width() / 160, 0.75, 4);
        this.width = width;
        this.height = height;
    }

    void draw() {
        if (around.width() >= TINY) {
            wires();
            contours();
            axes();
            eye(Feature.LEFT_EYE, face.eyes().left(), face.irises().left());
            eye(Feature.RIGHT_EYE, face.eyes().right(), face.irises().right());
        }
        corners();
        caption();
    }

    /** The mesh's triangles that face the camera, the fainter the more they turn away. */
    private void wires() {
        Landmarks mesh = face.mesh();
        g.setStroke(new BasicStroke((float) (0.45 * unit)));
        for (int[] t : FaceWires.TRIANGLES) {
            double facing = facing(mesh, t);
            if (facing > 0) {
                g.setColor(faded(INK, 0.05 + 0.16 * facing));
                g.draw(path(true, t));
            }
        }
    }

    /** The cosine between a triangle's normal and the direction to the camera. */
    private static double facing(Landmarks m, int[] t) {
        double ax = m.x(t[1]) - m.x(t[0]);
        double ay = m.y(t[1]) - m.y(t[0]);
        double az = m.z(t[1]) - m.z(t[0]);
        double bx = m.x(t[2]) - m.x(t[0]);
        double by = m.y(t[2]) - m.y(t[0]);
        double bz = m.z(t[2]) - m.z(t[0]);
        double nx = ay * bz - az * by;
        double ny = az * bx - ax * bz;
        double nz = ax * by - ay * bx;
        return -nz / Math.max(1e-9, Math.sqrt(nx * nx + ny * ny + nz * nz));
    }

    private void contours() {
        g.setStroke(round(0.9));
        g.setColor(faded(CONTOUR, 0.45));
        g.draw(path(Feature.OVAL));
        g.draw(path(Feature.NOSE_RIDGE));
        g.draw(path(Feature.NOSE_BASE));
        g.setStroke(round(1.15));
        g.setColor(faded(CONTOUR, 0.7));
        for (Feature f : List.of(Feature.LEFT_BROW, Feature.RIGHT_BROW)) {
            g.draw(path(f));
        }
        g.setColor(faded(LIPS, 0.95));
        g.draw(path(Feature.LIPS));
        g.draw(path(Feature.MOUTH));
    }

    /** The lids, blue, yellow, then red and filled as they close, faint where nobody knows; and as far as the eye is open its iris and where it looks. */
    private void eye(Feature lids, EyeState state, Iris iris) {
        double open = state.open();
        double sure = state.confidence();
        Color colour = open < 0.5 ? mixed(SHUT, IRIS, 2 * open) : mixed(IRIS, CONTOUR, 2 * open - 1);
        g.setColor(faded(colour, 0.4 * sure * (1 - open)));
        g.fill(path(lids));
        g.setStroke(round(1.15));
        g.setColor(faded(colour, 0.25 + 0.7 * sure));
        g.draw(path(lids));
        double seen = Math.min(1, 2 * open) * (0.25 + 0.75 * sure);
        gaze(iris.centre(), seen);
        g.setStroke(round(1.1));
        g.setColor(faded(IRIS, seen));
        g.draw(disc(iris.centre(), iris.radius()));
        g.fill(disc(iris.centre(), 0.22 * iris.radius()));
    }

    /** From an iris along the gaze, fading. */
    private void gaze(Point2 from, double seen) {
        Point2 to = from.plus(face.gaze().across().times(0.75 * around.width()));
        if (from.distance(to) > 1) {
            g.setStroke(round(1.5));
            g.setPaint(new GradientPaint(
                    (float) from.x(),
                    (float) from.y(),
                    faded(IRIS, 0.95 * seen),
                    (float) to.x(),
                    (float) to.y(),
                    faded(IRIS, 0)));
            g.draw(line(from, to));
        }
    }

    /** The head's axes at the tip of the nose: to its side, up, and out of the face. */
    private void axes() {
        double[] turn = HeadFit.of(face.mesh()).turn();
        Point2 nose = face.mesh().point(1);
        double length = 0.32 * around.width();
        g.setStroke(round(1.4));
        for (int axis = 0; axis < 3; axis++) {
            var direction = new Point2(turn[axis], -turn[3 + axis]);
            g.setColor(faded(AXES[axis], 0.9));
            g.draw(line(nose, nose.plus(direction.times(length))));
        }
    }

    /** The corners of the box. */
    private void corners() {
        Box b = face.box();
        double arm = 0.14 * Math.min(b.width(), b.height());
        double r = 0.35 * arm;
        g.setStroke(round(1.3));
        g.setColor(faded(INK, 0.85));
        for (int corner = 0; corner < 4; corner++) {
            double x = corner % 2 == 0 ? b.x() : b.right();
            double y = corner < 2 ? b.y() : b.bottom();
            double dx = corner % 2 == 0 ? 1 : -1;
            double dy = corner < 2 ? 1 : -1;
            var bracket = new Path2D.Double();
            bracket.moveTo(x, y + dy * arm);
            bracket.lineTo(x, y + dy * r);
            bracket.quadTo(x, y, x + dx * r, y);
            bracket.lineTo(x + dx * arm, y);
            g.draw(bracket);
        }
    }

    /** A plate below the box, or above it where there is no room: with as many words as fit. */
    private void caption() {
        if (around.width() < TINY) {
            return;
        }
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont((float) Math.clamp(7 + 3 * unit, 10, 22)));
        FontMetrics metrics = g.getFontMetrics();
        double pad = 0.45 * metrics.getHeight();
        double room = Math.min(width - 4, Math.max(2 * around.width(), 90)) - 2 * pad;
        String text = words().stream()
                .filter(t -> metrics.stringWidth(t) <= room)
                .findFirst()
                .orElse("");
        double w = metrics.stringWidth(text) + 2 * pad;
        double h = 1.25 * metrics.getHeight();
        double x = Math.clamp(face.box().centre().x() - w / 2, 1, Math.max(1, width - w - 2));
        double below = face.box().bottom() + 0.35 * h;
        double y = below + h < height ? below : Math.max(1, face.box().y() - 1.35 * h);
        g.setColor(PLATE);
        g.fill(new RoundRectangle2D.Double(x, y, w, h, h, h));
        g.setColor(INK);
        g.drawString(text, (float) (x + pad), (float) (y + (h - metrics.getHeight()) / 2 + metrics.getAscent()));
    }

    /** What could be said, from long to short. */
    private List<String> words() {
        String name = String.valueOf(face.id() + 1);
        HeadPose p = face.pose();
        String turned = said("%s    yaw %+.0f°  pitch %+.0f°  roll %+.0f°", name, p.yaw(), p.pitch(), p.roll());
        return List.of(
                turned
                        + said(
                                "    eyes %s %s    mouth %.2f    quality %.2f",
                                said(face.eyes().left()),
                                said(face.eyes().right()),
                                face.mouth(),
                                face.quality().overall()),
                turned,
                said("%s   %+.0f°  %+.0f°  %+.0f°", name, p.yaw(), p.pitch(), p.roll()),
                name);
    }

    private static String said(EyeState eye) {
        return eye.confidence() < 0.5 ? "?" : said("%.1f", eye.open());
    }

    private static String said(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private BasicStroke round(double w) {
        return new BasicStroke((float) (w * unit), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    private Shape path(Feature feature) {
        return path(feature.closed(), feature.points());
    }

    private Shape path(boolean closed, int[] points) {
        var path = new Path2D.Double();
        for (int i = 0; i < points.length; i++) {
            Point2 p = face.mesh().point(points[i]);
            if (i == 0) {
                path.moveTo(p.x(), p.y());
            } else {
                path.lineTo(p.x(), p.y());
            }
        }
        if (closed) {
            path.closePath();
        }
        return path;
    }

    private static Shape disc(Point2 centre, double radius) {
        return new Ellipse2D.Double(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius);
    }

    private static Shape line(Point2 from, Point2 to) {
        return new Line2D.Double(from.x(), from.y(), to.x(), to.y());
    }

    private static Color mixed(Color from, Color to, double share) {
        return new Color(
                between(from.getRed(), to.getRed(), share),
                between(from.getGreen(), to.getGreen(), share),
                between(from.getBlue(), to.getBlue(), share));
    }

    private static int between(int from, int to, double share) {
        return (int) Math.round(from + share * (to - from));
    }

    private static Color faded(Color colour, double alpha) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), (int) (255 * alpha));
    }
}
