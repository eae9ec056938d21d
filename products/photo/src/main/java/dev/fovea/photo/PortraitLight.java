package dev.fovea.photo;

import dev.fovea.Knob;
import dev.fovea.Knobs;
import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.space.Depth;
import dev.fovea.vision.About;
import dev.fovea.vision.Face;
import dev.fovea.vision.Paint;
import dev.fovea.vision.Scene;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Moves the light on a portrait after the shot. The shape comes from the face's mesh; the light that the picture was taken in is estimated
 * ({@link OldLight}), divided out and exchanged for a lamp with Lambertian shading and a soft cast shadow ({@link Relighting}). Where there is depth, the
 * rest of the person has a shape, too. Colours are only scaled, so skin stays skin. The background keeps its light or loses it. A picture without a face is not changed.
 *
 * @param x with y and z the direction of the lamp as seen from the face: to the picture's right
 * @param y downwards
 * @param z towards the camera
 * @param ambient the share of the light that comes from everywhere
 * @param strength how far the old light gives way to the new
 * @param backdrop how much light the background keeps
 * @param mono whether the picture becomes grey
 */
@About("Moves the light on a portrait.")
public record PortraitLight(
        @Knob(normal = 0.4, min = -1, help = "The lamp to the right (positive) or left.")
        double x,

        @Knob(normal = -0.4, min = -1, help = "The lamp below (positive) or above.")
        double y,

        @Knob(normal = 1, min = -1, help = "The lamp in front (positive) or behind.")
        double z,

        @Knob(normal = 0.35, help = "The share of light from everywhere.")
        double ambient,

        @Knob(normal = 1, help = "How far the old light gives way.")
        double strength,

        @Knob(normal = 1, help = "How much light the background keeps.")
        double backdrop,

        @Knob(normal = 0, help = "Whether the picture becomes grey.")
        boolean mono)
        implements Paint {
    private static final int BAND = 1 << 15;
    /** Where tones begin to be rounded off instead of cut at white. */
    private static final float SHOULDER = 0.8f;
    /** A face in its own shadow is not made as bright as it was. */
    private static final double LEAST = 0.4;

    /** Depth is too rough for cloth to be made many times as bright or dark. */
    private static final double MOST = 4;

    /** In a room light reaches every side of a face: what is dim there is mostly dark skin or beard. */
    private static final double SOFT = 0.1;
    /** A single lamp in a dark room leaves shadows in which nothing is known. */
    private static final double HARD = 0.3;

    /** Light that photographers set up. */
    public enum Preset {
        /** A large window: soft, from the side. */
        NATURAL(new PortraitLight(-0.5, -0.4, 1, 0.6, 1, 1, false)),
        /** A softbox above the camera: bright and even. */
        STUDIO(new PortraitLight(0.2, -0.5, 1, 0.5, 1, 0.85, false)),
        /** From the side, so that cheek and nose stand out. */
        CONTOUR(new PortraitLight(1, -0.35, 0.45, 0.3, 1, 0.7, false)),
        /** A spotlight from above before a black curtain. */
        STAGE(new PortraitLight(-0.45, -0.8, 0.9, 0.12, 1, 0, false)),
        /** The same in black and white. */
        STAGE_MONO(new PortraitLight(-0.45, -0.8, 0.9, 0.12, 1, 0, true));

        private final PortraitLight light;

        Preset(PortraitLight light) {
            this.light = light;
        }

        /** Its lamp. */
        public PortraitLight light() {
            return light;
        }

        /** As people type it: in lower case with hyphens. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Checks the knobs and that the lamp has a direction. */
    public PortraitLight {
        Knobs.check(PortraitLight.class, x, y, z, ambient, strength, backdrop, mono ? 1 : 0);
        if (x == 0 && y == 0 && z == 0) {
            throw new IllegalArgumentException("light from (0, 0, 0) has no direction");
        }
    }

    /** This light from another direction, of any length but 0. */
    public PortraitLight from(double right, double down, double near) {
        double longest = Math.max(Math.abs(right), Math.max(Math.abs(down), Math.abs(near)));
        if (!(longest > 0) || Double.isInfinite(longest)) {
            throw new IllegalArgumentException(
                    "light from (" + right + ", " + down + ", " + near + ") has no direction");
        }
        return new PortraitLight(right / longest, down / longest, near / longest, ambient, strength, backdrop, mono);
    }

    @Override
    public Image paint(Scene scene) {
        return paint(scene, Optional.empty());
    }

    /**
     * A picture with depth: neck, shoulders and all else of the person are lit by their own shape, too, and lie in the shadow of the head.
     *
     * @param depth of the picture's shape; passed over if the main face finds it to be of something else
     */
    public Image paint(Scene scene, Depth depth) {
        return paint(scene, Optional.of(depth.fitting(scene.width(), scene.height(), "the depth")));
    }

    private Image paint(Scene scene, Optional<Depth> depth) {
        return strength == 0 || scene.faces().isEmpty() ? scene.image() : painted(scene, depth);
    }

    private Image painted(Scene scene, Optional<Depth> depth) {
        Image before = scene.image();
        boolean grey = before.colour() == Colour.GREY || before.colour() == Colour.LINEAR_GREY;
        Image linear = before.to(grey ? Colour.LINEAR_GREY : Colour.LINEAR);
        float[][] light = lit(scene, linear, depth);
        finish(light, linear, scene.person().plane(0));
        return Image.of(linear.width(), linear.height(), linear.colour(), light).to(before.colour());
    }

    /** The faces in the new light, what belongs to them by its depth, or in the light that a wall would have. */
    private float[][] lit(Scene scene, Image linear, Optional<Depth> depth) {
        var lamp = new Lamp(x, y, z, ambient);
        float[][] light = planes(linear);
        double body = 1;
        for (Face face : scene.faces()) {
            Relief relief = Relief.of(face, linear.width(), linear.height());
            float[] to = Shading.of(relief, lamp);
            double level = Math.max(LEAST * lamp.onWall(), mean(relief, to));
            if (face == scene.faces().getFirst()) {
                body = Math.pow(lamp.onWall() / level, strength);
                scale(light, (float) body);
                double wall = body;
                depth.flatMap(d -> BodyRelief.of(d, relief, scene.person()))
                        .ifPresent(shape -> body(shape, OldLight.of(relief, linear, shape), lamp, level, wall, light));
            }
            float[] from = OldLight.of(relief, linear);
            for (int i = 0; i < to.length; i++) {
                to[i] = (float) (from[i] * Math.pow(to[i] / level / from[i], strength) / body);
            }
            new Relighting(relief, from, to, SOFT).apply(light, linear.width());
        }
        return light;
    }

    /** What of the person is not the face, by its shape; it has the light of a wall already. */
    private void body(Relief shape, float[] from, Lamp lamp, double level, double wall, float[][] light) {
        float[] to = Shading.of(shape, lamp);
        var gain = new float[to.length];
        for (int i = 0; i < to.length; i++) {
            double whole = Math.clamp(to[i] / level / from[i], 1 / MOST, MOST);
            gain[i] = (float) (1 + shape.face()[i] * (Math.pow(whole, strength) / wall - 1));
        }
        Crop part = shape.part();
        float[] large = new Resize(part.width(), part.height(), Resize.Filter.TRIANGLE)
                .apply(Image.of(shape.width(), shape.height(), Colour.LINEAR_GREY, gain))
                .plane(0);
        Work.rows(large.length, BAND, (first, last) -> {
            for (float[] plane : light) {
                for (int i = first; i < last; i++) {
                    plane[i] *= large[i];
                }
            }
        });
    }

    /**
     * A picture of which the light is known, in another light: for measuring.
     *
     * @param scene in linear light
     * @param from the direction of the old lamp, as x, y and z
     * @param to that of the new one
     * @param ambient the share of stray light in both
     * @return the face in the other light; the scene's own picture if it has no face
     */
    public static Image between(Scene scene, double[] from, double[] to, double ambient) {
        Image image = scene.image();
        if (scene.faces().isEmpty()) {
            return image;
        }
        Relief relief = Relief.of(scene.faces().getFirst(), image.width(), image.height());
        float[][] light = planes(image);
        new Relighting(
                        relief,
                        Shading.of(relief, new Lamp(from[0], from[1], from[2], ambient)),
                        Shading.of(relief, new Lamp(to[0], to[1], to[2], ambient)),
                        HARD)
                .apply(light, image.width());
        return Image.of(image.width(), image.height(), image.colour(), light);
    }

    private static float[][] planes(Image image) {
        var planes = new float[image.colour().planes()][];
        Arrays.setAll(planes, c -> image.plane(c).clone());
        return planes;
    }

    private static void scale(float[][] planes, float by) {
        for (float[] plane : planes) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] *= by;
            }
        }
    }

    /** The mean over the face. */
    private static double mean(Relief relief, float[] light) {
        double sum = 0;
        double all = 1e-9;
        for (int i = 0; i < light.length; i++) {
            sum += relief.face()[i] * light[i];
            all += relief.face()[i];
        }
        return sum / all;
    }

    /** The background's light, the highlights and the colour. */
    private void finish(float[][] light, Image before, float[] person) {
        float kept = (float) (1 - strength * (1 - backdrop));
        Work.rows(person.length, BAND, (from, to) -> {
            for (int c = 0; c < light.length; c++) {
                float[] old = before.plane(c);
                for (int i = from; i < to; i++) {
                    float here = Math.max(Math.min(old[i], light[c][i]), rounded(light[c][i]));
                    light[c][i] = person[i] * here + (1 - person[i]) * kept * old[i];
                }
            }
            if (mono && light.length == 3) {
                grey(light, from, to);
            }
        });
    }

    private static float rounded(float v) {
        float room = 1 - SHOULDER;
        return v <= SHOULDER ? v : (float) (1 - room * Math.exp((SHOULDER - v) / room));
    }

    /** The luminance of BT.709 in every plane. */
    private static void grey(float[][] light, int from, int to) {
        for (int i = from; i < to; i++) {
            float luminance = 0.2126f * light[0][i] + 0.7152f * light[1][i] + 0.0722f * light[2][i];
            light[0][i] = luminance;
            light[1][i] = luminance;
            light[2][i] = luminance;
        }
    }
}
