package dev.fovea.bench;

import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.model.Binding;
import dev.fovea.model.Model;
import dev.fovea.model.Net;
import java.nio.file.Path;

/** The peer for mattes: MediaPipe's selfie segmentation for wide pictures (Apache-2.0), as its graph runs it: the whole picture stretched. */
final class Selfie implements AutoCloseable {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 144;

    /** RGB 0..1, interleaved. */
    record In(
            @Binding(
                    value = "input_1",
                    shape = {1, HEIGHT, WIDTH, 3})
            float[] input) {}

    /** How surely each pixel shows a person, 0..1. */
    record Out(@Binding("segment_back") float[] mask) {}

    private final Net<In, Out> net;

    Selfie(Path models) {
        net = Net.open(Model.of(models.resolve("selfie_segmentation_landscape.onnx")), In.class, Out.class);
    }

    /** The mask, grey, of the picture's size. */
    Image look(Image picture) {
        Image small = new Resize(WIDTH, HEIGHT, Resize.Filter.TRIANGLE).apply(picture.to(Colour.SRGB));
        var values = new float[3 * WIDTH * HEIGHT];
        for (int i = 0; i < values.length; i++) {
            values[i] = small.plane(i % 3)[i / 3];
        }
        float[] mask = net.apply(new In(values)).mask.clone();
        return new Resize(picture.width(), picture.height(), Resize.Filter.TRIANGLE)
                .apply(Image.of(WIDTH, HEIGHT, Colour.GREY, mask));
    }

    @Override
    public void close() {
        net.close();
    }
}
