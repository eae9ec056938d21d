package dev.fovea.bench;

import dev.fovea.image.Affine2;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Warp;
import dev.fovea.model.Binding;
import dev.fovea.model.Model;
import dev.fovea.model.Net;
import java.nio.file.Path;

/**
 * The peer for single eyes: the lids of MediaPipe's iris network (Ablavatski et al., Real-time Pupil Tracking from Monocular Video, 2020;
 * Apache-2.0), as an eye aspect ratio.
 */
final class MediaPipeIris implements AutoCloseable {
    private static final int SIZE = 64;
    /** Its crops measure 2.3 times the distance of the corners, the pictures of face/eyes about 1.4 times. */
    private static final double WIDER = 2.3 / 1.4;

    record In(@Binding("input_1") float[] image) {}

    record Out(@Binding("output_eyes_contours_and_brows") float[] points) {}

    private final Net<In, Out> net;

    MediaPipeIris(Path models) {
        net = Net.open(Model.of(models.resolve("iris_landmark.onnx")), In.class, Out.class);
    }

    /** The mean of two heights between the lids over the distance of the corners, of a picture that an eye fills. */
    double ratio(Image picture) {
        double step = picture.width() * WIDER / SIZE;
        double from = picture.width() / 2.0 - 0.5 - (SIZE / 2.0 - 0.5) * step;
        Image crop = new Warp(new Affine2(step, 0, from, 0, step, from), SIZE, SIZE, Warp.Sampling.BILINEAR)
                .apply(picture.to(Colour.SRGB));
        var values = new float[SIZE * SIZE * 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = crop.plane(i % 3)[i / 3];
        }
        float[] p = net.apply(new In(values)).points;
        return (apart(p, 11, 3) + apart(p, 13, 5)) / 2 / Math.max(1e-9, apart(p, 0, 8));
    }

    private static double apart(float[] p, int a, int b) {
        return Math.hypot(p[3 * a] - p[3 * b], p[3 * a + 1] - p[3 * b + 1]);
    }

    @Override
    public void close() {
        net.close();
    }
}
