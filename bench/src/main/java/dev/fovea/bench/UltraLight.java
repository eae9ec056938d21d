package dev.fovea.bench;

import dev.fovea.image.Box;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.model.Binding;
import dev.fovea.model.Model;
import dev.fovea.model.Net;
import dev.fovea.vision.Detection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another peer for faces: Linzaer's Ultra-Light-Fast-Generic-Face-Detector (RFB, 320 × 240, MIT licence). It gives no points. */
final class UltraLight implements AutoCloseable {
    /** Its author's threshold. */
    static final double SURE = 0.7;

    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final double SAME = 0.3;

    record In(@Binding(shape = {1, 3, HEIGHT, WIDTH}) float[] input) {}

    record Out(float[] scores, float[] boxes) {}

    private final Net<In, Out> net;

    UltraLight(Path models) {
        net = Net.open(Model.of(models.resolve("version-RFB-320.onnx")), In.class, Out.class);
    }

    List<Detection> look(Image picture, double least) {
        Image rgb = new Resize(WIDTH, HEIGHT, Resize.Filter.TRIANGLE).apply(picture.to(Colour.SRGB));
        int n = WIDTH * HEIGHT;
        var values = new float[3 * n];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < n; i++) {
                values[c * n + i] = (255 * rgb.plane(c)[i] - 127) / 128;
            }
        }
        Out out = net.apply(new In(values));
        var found = new ArrayList<Detection>();
        for (int i = 0; i < out.scores.length / 2; i++) {
            double score = out.scores[2 * i + 1];
            if (score >= least) {
                double x = out.boxes[4 * i] * picture.width();
                double y = out.boxes[4 * i + 1] * picture.height();
                double w = out.boxes[4 * i + 2] * picture.width() - x;
                double h = out.boxes[4 * i + 3] * picture.height() - y;
                found.add(new Detection(new Box(x, y, Math.max(0, w), Math.max(0, h)), score, List.of()));
            }
        }
        return Detections.single(found, SAME);
    }

    @Override
    public void close() {
        net.close();
    }
}
