package dev.fovea.sample;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import java.util.List;

/** Worlds to photograph. The same seed gives the same picture. */
public final class Scenes {
    /** World samples per frame pixel of {@link #night}. */
    public static final int NIGHT_SCALE = 2;
    /** Frame pixels around the frames of {@link #night}. */
    public static final int NIGHT_MARGIN = 12;

    private static final int BAND = 8;
    /** What the hand's few millimetres of sway are worth on the nearest leaves, in frame pixels. */
    private static final double SWAY = 2.4;
    /** How far the stroller comes from frame to frame, as a share of the picture's width; about 5 pixels of 2016. */
    private static final double STEP = 0.0025;
    /** Frames for a cycle of two steps: 1.1 s at 15 frames a second. */
    private static final double CYCLE = 16;

    private Scenes() {}

    /**
     * A wet quay in an old town at the blue hour: light from about 0.001 to 50, a stroller who walks, and leaves so near that they show
     * parallax. Photograph it with scale {@link #NIGHT_SCALE} and margin {@link #NIGHT_MARGIN}.
     *
     * @param width of the frames
     * @param height of the frames
     * @param frames how many there will be
     */
    public static World night(int width, int height, int frames, long seed) {
        var scene = new NightScene(
                NIGHT_SCALE * (width + 2 * NIGHT_MARGIN), NIGHT_SCALE * (height + 2 * NIGHT_MARGIN), seed);
        var stroller = new Stroller(scene, -0.75);
        Actor walking = k -> stroller.at(0.08 + k / CYCLE).moved(k * STEP * NIGHT_SCALE * width, 0);
        double sway = NIGHT_SCALE * SWAY * width / 2016.0;
        return new World(scene.render(), List.of(walking, Actor.near(Bough.hang(scene, seed), frames, sway, seed + 1)));
    }

    /**
     * A small test picture made in milliseconds: coloured patches with grain, stripes of all pitches, edges, letters and smooth shades.
     *
     * @return LINEAR, every value within 0.01 to 0.95
     */
    public static Image patchwork(int width, int height, long seed) {
        int s = (int) (Randomness.mix(seed) >>> 40);
        float[][] light = new float[3][width * height];
        Work.rows(height, BAND, (from, to) -> {
            Rgb rgb = new Rgb();
            for (int i = from * width; i < to * width; i++) {
                patch(i % width, i / width, s, rgb);
                light[0][i] = (float) Math.clamp(rgb.r, 0.01, 0.95);
                light[1][i] = (float) Math.clamp(rgb.g, 0.01, 0.95);
                light[2][i] = (float) Math.clamp(rgb.b, 0.01, 0.95);
            }
        });
        return Image.of(width, height, Colour.LINEAR, light);
    }

    private static void patch(int x, int y, int seed, Rgb out) {
        double bend = 9 * Grain.noise(x / 40.0, y / 40.0, seed);
        int i = (int) Math.floor((x + bend) / 48);
        int j = (int) Math.floor((y + bend) / 48);
        double grain = Grain.fractal(x / 6.0, y / 6.0, 4, 0.05, seed + 1);
        double shade = (0.06 + 0.6 * Math.pow(Grain.hash(i, j, seed + 2), 2)) * (0.35 + 1.3 * grain);
        out.set(
                shade * (0.5 + Grain.hash(i, j, seed + 3)),
                shade * (0.6 + 0.8 * Grain.hash(i, j, seed + 4)),
                shade * (0.5 + Grain.hash(i, j, seed + 5)));
        switch ((int) (4 * Grain.hash(i, j, seed + 6))) {
            case 0 -> {
                double pitch = 2.5 + 9 * Grain.hash(i, j, seed + 7);
                double angle = 3.2 * Grain.hash(i, j, seed + 8);
                double wave = Math.sin(2 * Math.PI * (x * Math.cos(angle) + y * Math.sin(angle)) / pitch);
                out.scale(1 + 0.6 * wave);
            }
            case 1 -> {
                double r = Math.hypot(x - 48 * i - 20, y - 48 * j - 20);
                out.mix(Grain.inside(r, 0, 12, 1.2), 0.75, 0.35 + 0.02 * (x & 7), 0.12);
            }
            case 2 ->
                out.mix(0.85 * Glyphs.ink("FOVEA&", (x - 48 * i) / 1.2, (y - 48 * j - 14) / 1.6, 1), 0.8, 0.78, 0.7);
            default -> {}
        }
    }
}
