package dev.fovea.bench;

import dev.fovea.image.Box;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Point2;
import dev.fovea.model.Binding;
import dev.fovea.model.Model;
import dev.fovea.model.Net;
import dev.fovea.model.Tensor;
import dev.fovea.vision.Detection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The peer for faces: YuNet (Wu et al., YuNet: A Tiny Millisecond-level Face Detector, 2023), run by the same runtime. */
final class YuNet implements AutoCloseable {
    /** Its authors' threshold for pictures. */
    static final double SURE = 0.6;

    private static final double SAME = 0.3;

    record In(@Binding(shape = {1, 3, -1, -1}) Tensor.Floats input) {}

    record Out(
            float[] cls_8,
            float[] cls_16,
            float[] cls_32,
            float[] obj_8,
            float[] obj_16,
            float[] obj_32,
            float[] bbox_8,
            float[] bbox_16,
            float[] bbox_32,
            float[] kps_8,
            float[] kps_16,
            float[] kps_32) {}

    private final Net<In, Out> net;

    YuNet(Path models) {
        net = Net.open(Model.of(models.resolve("yunet_n_dynamic.onnx")), In.class, Out.class);
    }

    /** Faces, surest first; a margin of black pixels around the picture helps with faces that fill it. */
    List<Detection> look(Image picture, double least, int margin) {
        Tensor.Floats in = input(picture, margin);
        int columns = in.shape()[3];
        Out out = net.apply(new In(in));
        var found = new ArrayList<Detection>();
        level(8, columns, out.cls_8, out.obj_8, out.bbox_8, out.kps_8, least, margin, found);
        level(16, columns, out.cls_16, out.obj_16, out.bbox_16, out.kps_16, least, margin, found);
        level(32, columns, out.cls_32, out.obj_32, out.bbox_32, out.kps_32, least, margin, found);
        return Detections.single(found, SAME);
    }

    private static void level(
            int stride,
            int width,
            float[] cls,
            float[] obj,
            float[] box,
            float[] points,
            double least,
            int margin,
            List<Detection> found) {
        for (int i = 0; i < cls.length; i++) {
            double score = Math.sqrt(Math.clamp(cls[i], 0, 1) * Math.clamp(obj[i], 0, 1));
            if (score < least) {
                continue;
            }
            int column = i % (width / stride);
            int row = i / (width / stride);
            double w = Math.exp(box[4 * i + 2]) * stride;
            double h = Math.exp(box[4 * i + 3]) * stride;
            double x = (column + box[4 * i]) * stride - w / 2 - margin;
            double y = (row + box[4 * i + 1]) * stride - h / 2 - margin;
            var five = new ArrayList<Point2>();
            for (int k = 10 * i; k < 10 * i + 10; k += 2) {
                five.add(new Point2((column + points[k]) * stride - margin, (row + points[k + 1]) * stride - margin));
            }
            found.add(new Detection(new Box(x, y, w, h), score, five));
        }
    }

    /** Blue, green and red as 0..255. */
    private static Tensor.Floats input(Image picture, int margin) {
        Image rgb = picture.to(Colour.SRGB);
        int w = (rgb.width() + 2 * margin + 31) / 32 * 32;
        int h = (rgb.height() + 2 * margin + 31) / 32 * 32;
        var values = new float[3 * w * h];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < rgb.width() * rgb.height(); i++) {
                int to = ((2 - c) * h + i / rgb.width() + margin) * w + i % rgb.width() + margin;
                values[to] = 255 * rgb.plane(c)[i];
            }
        }
        return new Tensor.Floats(values, 1, 3, h, w);
    }

    @Override
    public void close() {
        net.close();
    }
}
