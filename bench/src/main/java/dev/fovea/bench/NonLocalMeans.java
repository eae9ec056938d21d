package dev.fovea.bench;

import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Transfer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_photo;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;

/** The peer for denoising: OpenCV's non-local means, on 8-bit display values as it wants them (Buades 2005). */
final class NonLocalMeans {
    private static final float[] STRENGTHS = {3, 6, 10, 16, 24};
    /** Frames to both sides of the reference. */
    private static final int SIDE = 3;

    private NonLocalMeans() {}

    /** The best PSNR of five strengths; the frames lie on the reference, the first, by the true motion. */
    static double best(List<Image> frames, Image truth, int border) {
        var mats = new ArrayList<Mat>();
        for (int i = 1; i <= SIDE; i++) {
            mats.add(mat(frames.get(i)));
        }
        mats.add(mat(frames.getFirst()));
        for (int i = SIDE + 1; i <= 2 * SIDE; i++) {
            mats.add(mat(frames.get(i)));
        }
        double best = 0;
        try (var all = new MatVector(mats.toArray(Mat[]::new));
                var out = new Mat()) {
            for (float h : STRENGTHS) {
                opencv_photo.fastNlMeansDenoisingColoredMulti(all, out, SIDE, 2 * SIDE + 1, h, h, 7, 21);
                best = Math.max(best, NightBench.psnr(light(out, truth.width(), truth.height()), truth, null));
            }
        }
        mats.forEach(Mat::close);
        return best;
    }

    /** A display picture, denoised at OpenCV's usual strength. */
    static Image single(Image display) {
        try (Mat in = mat(display.to(Colour.LINEAR));
                Mat out = new Mat()) {
            opencv_photo.fastNlMeansDenoisingColored(in, out, 3, 3, 7, 21);
            return light(out, display.width(), display.height()).to(Colour.SRGB);
        }
    }

    private static Mat mat(Image light) {
        Mat m = new Mat(light.height(), light.width(), opencv_core.CV_8UC3);
        m.data().put(NightBench.display(light));
        return m;
    }

    private static Image light(Mat m, int w, int h) {
        byte[] bytes = new byte[3 * w * h];
        try (BytePointer p = m.data()) {
            p.get(bytes);
        }
        float[][] planes = new float[3][w * h];
        for (int i = 0; i < w * h; i++) {
            for (int c = 0; c < 3; c++) {
                planes[c][i] = (float) Transfer.decode((bytes[3 * i + 2 - c] & 0xFF) / 255.0);
            }
        }
        return Image.of(w, h, Colour.LINEAR, planes);
    }
}
