package dev.fovea.bench;

import dev.fovea.image.Displacement;
import dev.fovea.image.Image;
import dev.fovea.image.Luma;
import java.nio.file.Path;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_video.DISOpticalFlow;

/** OpenCV's flow of a pair (DIS, preset MEDIUM). */
final class DisFlow {
    private static final String CACHE = "org.bytedeco.javacpp.cachedir";

    static {
        if (System.getProperty(CACHE) == null) {
            System.setProperty(
                    CACHE,
                    Path.of(System.getProperty("java.io.tmpdir"), "fovea-javacpp")
                            .toString());
        }
    }

    private final DISOpticalFlow dis = DISOpticalFlow.create(DISOpticalFlow.PRESET_MEDIUM);
    private final Mat from;
    private final Mat to;

    DisFlow(Image from, Image to) {
        this.from = bytes(from);
        this.to = bytes(to);
    }

    private static Mat bytes(Image picture) {
        Image grey = new Luma().apply(picture);
        float[] plane = grey.plane(0);
        var values = new byte[plane.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) Math.round(255 * Math.clamp(plane[i], 0, 1));
        }
        var mat = new Mat(grey.height(), grey.width(), opencv_core.CV_8U);
        mat.data().put(values);
        return mat;
    }

    Displacement forward() {
        return flow(from, to);
    }

    Displacement backward() {
        return flow(to, from);
    }

    private Displacement flow(Mat a, Mat b) {
        try (var flow = new Mat()) {
            dis.calc(a, b, flow);
            var both = new float[2 * a.cols() * a.rows()];
            new FloatPointer(flow.data()).get(both);
            return Displacement.of(a.cols(), a.rows(), every(both, 0), every(both, 1));
        }
    }

    private static float[] every(float[] both, int start) {
        var one = new float[both.length / 2];
        for (int i = 0; i < one.length; i++) {
            one[i] = both[2 * i + start];
        }
        return one;
    }
}
