package dev.fovea.photo;

import dev.fovea.Knob;
import dev.fovea.Knobs;
import dev.fovea.Tracker;
import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.vision.About;
import dev.fovea.vision.Paint;
import dev.fovea.vision.Scene;
import java.util.Arrays;

/**
 * Bokeh without depth: the person stays sharp, what is behind is blurred as by a wide lens, in linear light. The background is blurred alone
 * ({@link Scene#person} says what it is), so that nothing of the person smears into it, and shows through where the person is soft, as hair
 * is. In a video blur and focus glide as people come, go and take turns ({@link FocusGlide}).
 *
 * @param aperture the f-number: at f/2 points of the background become discs of 2.7 % of the longer side, at twice the number half as large
 */
@About("The person stays sharp, the background is blurred.")
public record BackgroundBlur(
        @Knob(normal = 2, min = 0.8, max = 22, step = 0.1, help = "The f-number: the smaller, the more is blurred.")
        double aperture)
        implements Paint {
    /** The diameter of a disc as a share of the longer side, times the f-number. */
    private static final double STRENGTH = 0.054;
    /** Blurs below this cannot be told from none. */
    private static final double LEAST = 1.25;
    /** The background is made smaller until its discs are at most so wide. */
    private static final double WIDEST = 16;
    /** So much of the picture has to be a person before anything is blurred. */
    private static final double SOMEBODY = 0.004;
    /** Coverage that counts for nothing, so that a picture full of person has a background, too. */
    private static final float TRACE = 1e-3f;

    private static final int BAND = 1 << 15;

    /** Checks the knob. */
    public BackgroundBlur {
        Knobs.check(BackgroundBlur.class, aperture);
    }

    @Override
    public Image paint(Scene scene) {
        return blurred(scene.image(), scene.person(), present(scene.person()) ? 1 : 0);
    }

    @Override
    public Tracker<Scene, Scene> live() {
        var glide = new FocusGlide();
        return scene -> scene.painted(blurred(scene.image(), glide.next(scene.person(), scene.at())));
    }

    /** Whether so much of a person is in a scene that what is behind can be blurred. */
    public static boolean suits(Scene scene) {
        return present(scene.person());
    }

    static boolean present(Image person) {
        double sum = 0;
        for (float p : person.plane(0)) {
            sum += p;
        }
        return sum > SOMEBODY * person.plane(0).length;
    }

    /** @param amount of the full blur, 0..1 */
    Image blurred(Image image, Image person, double amount) {
        return blurred(image, new FocusGlide.Moment(person, amount, 0));
    }

    /** A moment of a video; while the focus glides, what is half in focus has half the blur and is not two pictures over each other. */
    Image blurred(Image image, FocusGlide.Moment moment) {
        double diameter = moment.amount() * STRENGTH / aperture * Math.max(image.width(), image.height());
        if (diameter < LEAST) {
            return image;
        }
        boolean grey = image.colour().planes() == 1;
        Image light = image.to(grey ? Colour.LINEAR_GREY : Colour.LINEAR);
        float[][] behind = background(light, moment.person(), diameter);
        float[] mask = moment.person().plane(0);
        var to = new float[behind.length][mask.length];
        Work.rows(mask.length, BAND, (from, end) -> {
            for (int c = 0; c < to.length; c++) {
                float[] sharp = light.plane(c);
                for (int i = from; i < end; i++) {
                    to[c][i] = behind[c][i] + mask[i] * (sharp[i] - behind[c][i]);
                }
            }
        });
        if (moment.between() > 0) {
            soften(to, light, behind, mask, diameter, (float) moment.between());
        }
        return Image.of(image.width(), image.height(), light.colour(), to).to(image.colour());
    }

    private static void soften(
            float[][] to, Image light, float[][] behind, float[] mask, double diameter, float between) {
        Image nobody = Image.of(light.width(), light.height(), Colour.GREY, new float[mask.length]);
        float[][] half = background(light, nobody, diameter / 2);
        Work.rows(mask.length, BAND, (from, end) -> {
            for (int c = 0; c < to.length; c++) {
                float[] sharp = light.plane(c);
                for (int i = from; i < end; i++) {
                    float blur = 2 * (1 - mask[i]);
                    float soft = blur < 1
                            ? sharp[i] + blur * (half[c][i] - sharp[i])
                            : half[c][i] + (blur - 1) * (behind[c][i] - half[c][i]);
                    to[c][i] += between * (soft - to[c][i]);
                }
            }
        });
    }

    /** What is behind the person, blurred: each place is a mean of background alone. */
    private static float[][] background(Image light, Image person, double diameter) {
        double shrink = Math.max(1, diameter / WIDEST);
        int w = Math.max(1, (int) Math.round(light.width() / shrink));
        int h = Math.max(1, (int) Math.round(light.height() / shrink));
        Image small = sized(light, w, h, Resize.Filter.BOX);
        float[] free = sized(person, w, h, Resize.Filter.BOX).plane(0).clone();
        for (int i = 0; i < free.length; i++) {
            free[i] = Math.max(TRACE, 1 - free[i]);
        }
        var blur = new PlaneBlur(Spans.of(Lens.ROUND, diameter * w / light.width(), false, 0, 0), w, h);
        float[] weight = blur.apply(free);
        var planes = new float[small.colour().planes()][];
        Arrays.setAll(planes, c -> {
            float[] mean = blur.apply(times(small.plane(c), free));
            for (int i = 0; i < mean.length; i++) {
                mean[i] /= weight[i];
            }
            return mean;
        });
        Image blurred = Image.of(w, h, small.colour(), planes);
        Image large = sized(blurred, light.width(), light.height(), Resize.Filter.TRIANGLE);
        Arrays.setAll(planes, large::plane);
        return planes;
    }

    private static Image sized(Image image, int w, int h, Resize.Filter filter) {
        return image.width() == w && image.height() == h ? image : new Resize(w, h, filter).apply(image);
    }

    private static float[] times(float[] a, float[] b) {
        var to = new float[a.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = a[i] * b[i];
        }
        return to;
    }
}
