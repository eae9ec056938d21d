package dev.fovea.vision;

import dev.fovea.Stage;
import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * Draws what was seen over a scene.
 *
 * @param persons whether what is no person steps back
 * @param faces whether each face gets its mesh, eyes and gaze, how the head is turned, its box and a caption
 */
public record Overlay(boolean persons, boolean faces) implements Stage<Scene, Image> {
    private static final int BAND = 64;

    /** All of it. */
    public Overlay() {
        this(true, true);
    }

    /** Whether anything is drawn. */
    public boolean any() {
        return persons || faces;
    }

    /** The picture in sRGB with the drawing on it. */
    @Override
    public Image apply(Scene scene) {
        Image picture = scene.image().to(Colour.SRGB);
        Image drawn = persons ? PersonDrawing.over(picture, scene.person()) : picture;
        return faces ? faces(drawn, scene) : drawn;
    }

    private static Image faces(Image picture, Scene scene) {
        var canvas = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        int[] pixels = ((DataBufferInt) canvas.getRaster().getDataBuffer()).getData();
        pack(picture, pixels);
        Graphics2D g = canvas.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        // Java2D puts a pixel's centre at a half, Fovea at a whole number.
        g.translate(0.5, 0.5);
        // The largest face comes first in the list and last on the canvas.
        for (Face face : scene.faces().reversed()) {
            new FaceDrawing(g, face, picture.width(), picture.height()).draw();
        }
        g.dispose();
        return unpacked(picture.width(), picture.height(), pixels);
    }

    private static void pack(Image picture, int[] pixels) {
        Work.rows(pixels.length, BAND * picture.width(), (from, to) -> {
            for (int i = from; i < to; i++) {
                int r = level(picture.plane(0)[i]);
                int g = level(picture.plane(1)[i]);
                pixels[i] = r << 16 | g << 8 | level(picture.plane(2)[i]);
            }
        });
    }

    private static int level(float v) {
        return (int) (FaceDetector.unit(v) * 255 + 0.5f);
    }

    private static Image unpacked(int width, int height, int[] pixels) {
        var planes = new float[3][pixels.length];
        Work.rows(pixels.length, BAND * width, (from, to) -> {
            for (int i = from; i < to; i++) {
                planes[0][i] = (pixels[i] >> 16 & 0xFF) / 255f;
                planes[1][i] = (pixels[i] >> 8 & 0xFF) / 255f;
                planes[2][i] = (pixels[i] & 0xFF) / 255f;
            }
        });
        return Image.of(width, height, Colour.SRGB, planes);
    }
}
