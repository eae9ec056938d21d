package dev.fovea.photo;

import dev.fovea.Knob;
import dev.fovea.Knobs;
import dev.fovea.Stage;
import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;

/**
 * Finishes a merged night picture for display: exposure, fusion of synthetic exposures, local contrast, clean chroma, highlights that roll
 * off with their colour, and a black that stays black.
 *
 * <p>In: {@link Colour#LINEAR}, white-balanced, of any brightness, noise included. Out: {@link Colour#SRGB}, same size. With every knob at 0
 * it is the plain clipping and encoding of sRGB. After Hasinoff et al., Burst photography for high dynamic range and low-light imaging, 2016,
 * section 6, and Liba et al., Handheld mobile photography in very low light, 2019, section 6.
 */
public record Tone(
        @Knob(normal = 1, help = "how much of the automatic exposure is applied")
        float exposure,

        @Knob(min = -3, max = 3, normal = 0, unit = "EV", help = "brighter or darker than metered")
        float brightness,

        @Knob(normal = 0.5, help = "opens the shadows by a longer synthetic exposure")
        float shadows,

        @Knob(normal = 1, help = "holds the highlights; 0 clips them")
        float highlights,

        @Knob(normal = 0.35, help = "strengthens local contrast and texture")
        float contrast,

        @Knob(normal = 0.5, help = "sharpens the finest detail")
        float sharpness,

        @Knob(normal = 0.6, help = "removes the noise that is left, of colour above all")
        float clean,

        @Knob(normal = 0.5, help = "livelier in the light, paler in the dark")
        float colour,

        @Knob(normal = 0.6, help = "keeps the night dark; 0 shows it as if by day")
        float mood)
        implements Stage<Image, Image> {
    /** The settings that suit most nights. */
    public static final Tone NATURAL = Knobs.make(Tone.class, java.util.Map.of());

    /** Checks the ranges of the knobs. */
    public Tone {
        Knobs.check(Tone.class, exposure, brightness, shadows, highlights, contrast, sharpness, clean, colour, mood);
    }

    /** Finishes a picture whose noise is estimated from itself. */
    @Override
    public Image apply(Image linear) {
        return apply(linear, Residue.of(linear.to(Colour.LINEAR)));
    }

    /**
     * Finishes a picture of known noise.
     *
     * @param picture any colour; what is not linear is made so
     * @param noise what noise is left in each channel
     * @return a picture of the same size in {@link Colour#SRGB}
     */
    public Image apply(Image picture, NoiseModel noise) {
        Image linear = picture.to(Colour.LINEAR);
        Lightness scale = Lightness.of(noise);
        float softening = (float) (1e-6 + clean * Math.sqrt(noise.read()));
        Work.step("Tone: metering", 0);
        Negative negative = Negative.of(linear, scale);
        Metering metering = metering(negative, scale);
        Work.step("Tone: colour", 0.2);
        Chroma noisy = negative.colour().relative(softening);
        Chroma calm = Chroma.denoised(negative.colour(), noisy, negative.light(), scale, softening, clean);
        Work.step("Tone: fusion", 0.45);
        var exposures = new SyntheticExposures(scale, negative.brightest(), metering, shadows, highlights);
        var fusion = new Fusion(exposures, scale, this);
        Level shown = fusion.fuse(negative.light());
        var palette = new Palette(new Mood(small(shown).plane(), mood), scale, metering, this);
        Work.step("Tone: print", 0.6);
        return new Print(
                        linear,
                        scale,
                        negative,
                        noisy,
                        calm,
                        exposures,
                        shown,
                        fusion.detail(0),
                        Chroma.shrink(scale, softening, 8 * clean),
                        4 * clean,
                        palette)
                .image();
    }

    private Metering metering(Negative negative, Lightness scale) {
        Level small = small(negative.light());
        float[] luma = new float[small.plane().length];
        for (int i = 0; i < luma.length; i++) {
            luma[i] = (float) scale.luma(small.plane()[i]);
        }
        Metering auto = Metering.of(luma, scale.noise(), mood);
        double gain = Math.pow(auto.gain(), exposure) * Math.pow(2, brightness);
        return new Metering(gain, auto.white() * gain / auto.gain());
    }

    /** A level of at most some ten thousand pixels: what statistics need. */
    private static Level small(Level level) {
        Level small = level;
        while (small.plane().length > 20_000) {
            small = small.down();
        }
        return small;
    }
}
