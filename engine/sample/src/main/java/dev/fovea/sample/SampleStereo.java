package dev.fovea.sample;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;

/**
 * A rendered pair of somebody in a room, whose depth is known exactly: two lenses side by side that look the same way.
 *
 * @param width of the pictures, at least 32
 * @param height of the pictures, at least 32
 * @param baseline how far apart the lenses are, in metres
 * @param noise standard deviation of the noise, of display values 0..1
 * @param seed of textures and noise
 */
public record SampleStereo(int width, int height, double baseline, double noise, long seed) {
    /** Of 1024 × 768 pixels, six centimetres apart, with a little noise. */
    public static final SampleStereo NORMAL = new SampleStereo(1024, 768, 0.06, 0.004, 1);

    private static final int BAND = 8;

    /** Rays of a pixel, each way. */
    private static final int RAYS = 3;

    /** Focal length over the picture's longer side. */
    private static final double FOCAL = 0.85;

    /** Checks the ranges. */
    public SampleStereo {
        if (width < 32 || height < 32 || (long) width * height > 1 << 25) {
            throw new IllegalArgumentException("a pair of " + width + " x " + height
                    + " pixels: at least 32 each way and at most 32 megapixels are possible");
        }
        if (!(baseline > 0 && baseline <= 0.3) || !(noise >= 0 && noise <= 0.2)) {
            throw new IllegalArgumentException(
                    "lenses " + baseline + " m apart with noise of " + noise + ": at most 0.3 m and 0.2 are possible");
        }
    }

    /** The same with pictures of another size. */
    public SampleStereo withSize(int w, int h) {
        return new SampleStereo(w, h, baseline, noise, seed);
    }

    /** The same with another seed. */
    public SampleStereo withSeed(long s) {
        return new SampleStereo(width, height, baseline, noise, s);
    }

    /** The same with other noise. */
    public SampleStereo withNoise(double n) {
        return new SampleStereo(width, height, baseline, n, seed);
    }

    /**
     * What was rendered.
     *
     * @param left what the left lens saw
     * @param right what the right lens saw
     * @param leftMetres depth of the left picture's pixels at their centres
     * @param rightMetres depth of the right picture's
     * @param focal length in pixels; the optical axis meets the pictures' middle
     * @param baseline how far apart the lenses are, in metres
     */
    public record Pair(
            Image left, Image right, float[] leftMetres, float[] rightMetres, double focal, double baseline) {
        /** The true disparity of the left picture's pixels: focal length × baseline / depth. */
        public float[] disparity() {
            var pixels = new float[leftMetres.length];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (float) (focal * baseline / leftMetres[i]);
            }
            return pixels;
        }

        /** Whether the right lens sees what each pixel of the left picture shows. */
        public boolean[] seenByBoth() {
            int w = left.width();
            float[] disparity = disparity();
            var seen = new boolean[disparity.length];
            for (int i = 0; i < seen.length; i++) {
                int x = Math.round(i % w - disparity[i]);
                seen[i] = x >= 0 && Math.abs(focal * baseline / rightMetres[i - i % w + x] - disparity[i]) <= 1;
            }
            return seen;
        }
    }

    /** Takes the pair. */
    public Pair shoot() {
        var room = new Parlour((int) (Randomness.mix(seed) >>> 40));
        var leftMetres = new float[width * height];
        var rightMetres = new float[width * height];
        Work.step("rendering", 0);
        Image left = view(room, -baseline / 2, 2 * seed, leftMetres);
        Work.step("rendering", 0.5);
        Image right = view(room, baseline / 2, 2 * seed + 1, rightMetres);
        return new Pair(left, right, leftMetres, rightMetres, focal(), baseline);
    }

    private double focal() {
        return FOCAL * Math.max(width, height);
    }

    private Image view(Parlour room, double eye, long noiseSeed, float[] metres) {
        var planes = new float[3][width * height];
        Work.rows(height, BAND, (from, to) -> {
            var rgb = new Rgb();
            var sum = new Rgb();
            for (int y = from; y < to; y++) {
                var random = Randomness.of(noiseSeed, y);
                for (int x = 0; x < width; x++) {
                    int i = y * width + x;
                    metres[i] = (float) pixel(room, eye, x, y, rgb, sum);
                    planes[0][i] = shown(sum.r, random);
                    planes[1][i] = shown(sum.g, random);
                    planes[2][i] = shown(sum.b, random);
                }
            }
        });
        return Image.of(width, height, Colour.SRGB, planes);
    }

    /** The light of a pixel, over its area, and the depth at its centre. */
    private double pixel(Parlour room, double eye, int x, int y, Rgb rgb, Rgb sum) {
        double focal = focal(), depth = 0;
        sum.set(0, 0, 0);
        for (int k = 0; k < RAYS * RAYS; k++) {
            double u = x + (k % RAYS + 0.5) / RAYS - 0.5 - (width - 1) / 2.0;
            double v = y + (k / RAYS + 0.5) / RAYS - 0.5 - (height - 1) / 2.0;
            double z = room.trace(eye, u / focal, v / focal, 1 / focal, rgb);
            sum.add(1.0 / (RAYS * RAYS), rgb);
            depth = k == RAYS * RAYS / 2 ? z : depth;
        }
        return depth;
    }

    private float shown(double light, Randomness random) {
        double value = InCamera.srgb(light) + (noise > 0 ? noise * random.gaussian() : 0);
        return (float) Math.clamp(value, 0, 1);
    }
}
