package dev.fovea.photo;

import dev.fovea.BadInput;
import dev.fovea.Stage;
import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.space.Depth;
import dev.fovea.space.DepthMap;
import dev.fovea.space.DepthRepair;
import dev.fovea.space.Disparity;

/**
 * A picture that is ready to be focused: made once of a picture and its depth, it answers wishes fast enough for a live preview. Light adds
 * up linearly; what is blurred in front bleeds over what is sharp behind it, never the other way round, and reveals what it hid, which is
 * filled in from beside it.
 *
 * <p>Rendered front to back as layers of about equal blur (Kosloff and Barsky, "An Algorithm for Rendering Generalized Depth of Field Effects",
 * 2007, for the idea), each blurred with its coverage by sums over the spans of the lens's shape. Layers that lie beside each other in the
 * picture add up; each is laid under those before it as far as they leave light to pass.
 */
public final class Refocus implements Stage<Bokeh, Image> {
    private final Image image;
    private final Disparity disparity;
    private final Layers layers;
    private final Glow glow;

    private Refocus(Image image, Disparity disparity, Layers layers, Glow glow) {
        this.image = image;
        this.disparity = disparity;
        this.layers = layers;
        this.glow = glow;
    }

    /**
     * Gets a picture ready.
     *
     * @param depth of the same size, or of the same shape and smaller or larger; of metres the inverse is taken
     * @throws BadInput if the depth is of another shape, or unknown everywhere
     */
    public static Refocus of(Image image, Depth depth) {
        Depth fitting = depth.fitting(image.width(), image.height(), "the depth");
        Disparity whole = Holes.filled(inverse(sized(fitting, image)));
        // Edges of enlarged depth are unsure by about a pixel of it; stereo's by two or three.
        double scale = (double) image.width() / depth.width();
        Layers layers = Layers.of(image, whole, Math.max(2, 1.5 * scale));
        return new Refocus(image, whole, layers, Glow.of(layers));
    }

    /** On the picture's grid, along its edges. */
    private static Depth sized(Depth depth, Image image) {
        if (depth.width() < image.width()) {
            return new DepthRepair().apply(depth, image);
        }
        return depth.width() == image.width() && depth.height() == image.height() ? depth : smaller(depth, image);
    }

    private static Depth smaller(Depth depth, Image image) {
        Resize resize = new Resize(image.width(), image.height(), Resize.Filter.BOX);
        return switch (depth) {
            case DepthMap map -> DepthMap.of(image.width(), image.height(), resized(map.metres(), depth, resize, 1));
            case Disparity d ->
                Disparity.of(
                        image.width(),
                        image.height(),
                        resized(d.pixels(), depth, resize, (float) image.width() / d.width()));
        };
    }

    private static float[] resized(float[] values, Depth depth, Resize resize, float scale) {
        Image plane = Image.of(depth.width(), depth.height(), Colour.LINEAR_GREY, values);
        float[] small = resize.apply(plane).plane(0).clone();
        for (int i = 0; i < small.length; i++) {
            small[i] *= scale;
        }
        return small;
    }

    /** What blur is proportional to: disparity as it is, metres inverted. */
    private static Disparity inverse(Depth depth) {
        return switch (depth) {
            case Disparity d -> d;
            case DepthMap map -> {
                var inverse = new float[map.metres().length];
                for (int i = 0; i < inverse.length; i++) {
                    float metres = map.metres()[i];
                    inverse[i] = metres > 0 ? 1 / metres : Float.NaN;
                }
                yield Disparity.of(map.width(), map.height(), inverse);
            }
        };
    }

    /** The disparity of every pixel, in pixels of the picture; of a depth map 1 / metres. */
    public Disparity disparity() {
        return disparity;
    }

    /** The picture as wished; with no blur at all the very picture. Coverage of its own is dropped. */
    @Override
    public Image apply(Bokeh wish) {
        if (wish.blur() == 0) {
            return image;
        }
        var rendering = new Rendering(layers, glow, wish);
        int w = layers.width();
        int h = layers.height();
        var out = new float[layers.seen().length][w * h];
        int tilesDown = (h + Rendering.TILE - 1) / Rendering.TILE;
        int tilesAcross = (w + Rendering.TILE - 1) / Rendering.TILE;
        Work.rows(tilesDown * tilesAcross, 4, (from, to) -> {
            var tile = new BokehTile(rendering, out);
            for (int i = from; i < to; i++) {
                tile.render(i % tilesAcross * Rendering.TILE, i / tilesAcross * Rendering.TILE);
            }
        });
        Image light = Image.of(w, h, layers.colour(), out);
        return light.to(image.colour() == Colour.SRGBA ? Colour.SRGB : image.colour());
    }
}
