package dev.fovea.bench;

import dev.fovea.image.Affine2;
import dev.fovea.image.Box;
import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.Image;
import dev.fovea.image.Point2;
import dev.fovea.image.Resize;
import dev.fovea.image.kernel.Bilinear;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A scene of many faces and where they are: portraits pasted through soft ellipses on a ground that shows no face.
 *
 * @param image 640 × 480 pixels
 * @param faces their boxes
 */
record PastedScene(Image image, List<Box> faces) {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int MOST = 14;
    private static final double SMALLEST = 20;
    private static final double LARGEST = 200;
    private static final double TURN = 0.35;
    /** How far a pasted patch reaches beyond the face's box. */
    private static final double WIDE = 1.5;

    /** A picture and the face in it. */
    record Portrait(Image image, Box face) {}

    static PastedScene of(List<Image> grounds, List<Portrait> portraits, Random random) {
        Image ground = covering(grounds.get(random.nextInt(grounds.size())).to(Colour.SRGB));
        var planes = new float[][] {
            ground.plane(0).clone(), ground.plane(1).clone(), ground.plane(2).clone()
        };
        var faces = new ArrayList<Box>();
        var taken = new ArrayList<Box>();
        for (int i = 0; i < 4 * MOST && faces.size() < MOST; i++) {
            Portrait portrait = portraits.get(random.nextInt(portraits.size()));
            double width = SMALLEST * Math.pow(LARGEST / SMALLEST, random.nextDouble());
            double scale = width / portrait.face.width();
            double angle = TURN * (2 * random.nextDouble() - 1);
            var centre = new Point2(WIDTH * random.nextDouble(), HEIGHT * random.nextDouble());
            Affine2 map = Affine2.shift(
                            -portrait.face.centre().x(), -portrait.face.centre().y())
                    .then(new Affine2(scale, 0, 0, 0, scale, 0))
                    .then(Affine2.rotation(angle, new Point2(0, 0)))
                    .then(Affine2.shift(centre.x(), centre.y()));
            Box face = Detections.moved(portrait.face, map);
            Box patch = face.scaled(WIDE);
            boolean inside = face.x() > 0 && face.y() > 0 && face.right() < WIDTH && face.bottom() < HEIGHT;
            if (inside && taken.stream().noneMatch(t -> t.intersect(patch).area() > 0)) {
                paste(portrait, map, scale, patch, planes);
                taken.add(patch);
                faces.add(face);
            }
        }
        return new PastedScene(Image.of(WIDTH, HEIGHT, Colour.SRGB, planes), List.copyOf(faces));
    }

    private static Image covering(Image ground) {
        double scale = Math.max((double) WIDTH / ground.width(), (double) HEIGHT / ground.height());
        int w = Math.max(WIDTH, (int) Math.round(ground.width() * scale));
        int h = Math.max(HEIGHT, (int) Math.round(ground.height() * scale));
        return new Crop((w - WIDTH) / 2, (h - HEIGHT) / 2, WIDTH, HEIGHT)
                .apply(new Resize(w, h, Resize.Filter.TRIANGLE).apply(ground));
    }

    private static void paste(Portrait portrait, Affine2 map, double scale, Box patch, float[][] planes) {
        Image image = portrait.image.to(Colour.SRGB);
        Affine2 back = map.inverse();
        if (scale < 1) {
            int w = Math.max(1, (int) Math.round(image.width() * scale));
            int h = Math.max(1, (int) Math.round(image.height() * scale));
            back = back.then(Affine2.scale((double) w / image.width(), (double) h / image.height()));
            image = new Resize(w, h, Resize.Filter.BOX).apply(image);
        }
        for (int y = (int) Math.max(0, patch.y()); y < Math.min(HEIGHT, patch.bottom()); y++) {
            for (int x = (int) Math.max(0, patch.x()); x < Math.min(WIDTH, patch.right()); x++) {
                double rx = 2 * (x - patch.centre().x()) / patch.width();
                double ry = 2 * (y - patch.centre().y()) / patch.height();
                double weight = Math.clamp((1 - Math.hypot(rx, ry)) / 0.15, 0, 1);
                if (weight > 0) {
                    Point2 from = back.apply(new Point2(x, y));
                    for (int c = 0; c < 3; c++) {
                        float value = Bilinear.value(
                                image.plane(c), image.width(), image.height(), 0, (float) from.x(), 0, (float)
                                        from.y());
                        int p = y * WIDTH + x;
                        planes[c][p] += (float) weight * (value - planes[c][p]);
                    }
                }
            }
        }
    }
}
