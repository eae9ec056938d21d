package dev.fovea.photo;

import dev.fovea.BadInput;
import dev.fovea.Stage;
import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.space.Depth;
import dev.fovea.space.DepthMap;
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
    private final Layers layers;
    private final Glow glow;

    private Refocus(Image image, Layers layers, Glow glow) {
        this.image = image;
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
        Disparity disparity = disparity(depth);
        double scale = Math.max(1, (double) image.width() / disparity.width());
        Disparity whole = enlarged(Holes.filled(disparity), image);
        // Edges of enlarged depth are unsure by about a pixel of it; stereo's by two or three.
        double reach = Math.max(2, 1.5 * scale);
        Layers layers = Layers.of(image, whole, reach);
        return new Refocus(image, layers, Glow.of(layers));
    }

    /** Depth as something that blur is proportional to: disparity as it is, metres inverted. */
    public static Disparity disparity(Depth depth) {
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

    private static Disparity enlarged(Disparity d, Image image) {
        if (d.width() == image.width() && d.height() == image.height()) {
            return d;
        }
        Image plane = Image.of(d.width(), d.height(), Colour.LINEAR_GREY, d.pixels());
        Image large = new Resize(image.width(), image.height(), Resize.Filter.TRIANGLE).apply(plane);
        return Disparity.of(image.width(), image.height(), large.plane(0));
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
