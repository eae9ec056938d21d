package dev.fovea.bench;

import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.space.StereoPair;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.ShortPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_ximgproc;
import org.bytedeco.opencv.opencv_calib3d.StereoMatcher;
import org.bytedeco.opencv.opencv_calib3d.StereoSGBM;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_ximgproc.DisparityWLSFilter;

/**
 * The peer: OpenCV's StereoSGBM with all eight paths (mode HH), alone with its holes filled from the further side, and followed by the
 * weighted-least-squares filter of its contributed modules.
 */
final class CvStereo implements AutoCloseable {
    private static final int BLOCK = 3;
    private static final int CHANNELS = 3;
    private static final double WLS_LAMBDA = 8000;
    private static final double WLS_SIGMA = 1.5;

    private final Mat left;
    private final Mat right;
    private final int margin;
    private final StereoSGBM matcher;

    /** @param margin how many pixels both views are continued to the left, so that every disparity can be tried there, too */
    CvStereo(StereoPair pair, int range, int margin) {
        Loader.load(opencv_core.class);
        this.margin = margin;
        left = mat(pair.left(), margin);
        right = mat(pair.right(), margin);
        int area = CHANNELS * BLOCK * BLOCK;
        matcher = StereoSGBM.create(0, range, BLOCK, 8 * area, 32 * area, 1, 63, 10, 100, 2, StereoSGBM.MODE_HH);
    }

    static Mat mat(Image picture, int margin) {
        Image rgb = picture.to(Colour.SRGB);
        int w = rgb.width(), h = rgb.height();
        var bytes = new byte[3 * w * h];
        for (int i = 0; i < w * h; i++) {
            for (int c = 0; c < 3; c++) {
                bytes[3 * i + 2 - c] = (byte) Math.round(255 * Math.clamp(rgb.plane(c)[i], 0, 1));
            }
        }
        var plain = new Mat(h, w, opencv_core.CV_8UC3);
        plain.data().put(bytes);
        if (margin == 0) {
            return plain;
        }
        var wide = new Mat();
        opencv_core.copyMakeBorder(plain, wide, 0, 0, margin, 0, opencv_core.BORDER_REPLICATE, new Scalar(0.0));
        plain.close();
        return wide;
    }

    /** What it takes by itself: the disparity with holes. */
    float[] matched() {
        try (var disparity = new Mat()) {
            matcher.compute(left, right, disparity);
            return values(disparity);
        }
    }

    /** With its holes filled. */
    float[] filled() {
        return fill(matched(), left.cols() - margin);
    }

    /** Filtered by weighted least squares. */
    float[] smoothed() {
        try (var disparity = new Mat();
                var back = new Mat();
                var smooth = new Mat();
                StereoMatcher other = opencv_ximgproc.createRightMatcher(matcher);
                DisparityWLSFilter filter = opencv_ximgproc.createDisparityWLSFilter(matcher)) {
            matcher.compute(left, right, disparity);
            other.compute(right, left, back);
            filter.setLambda(WLS_LAMBDA);
            filter.setSigmaColor(WLS_SIGMA);
            filter.filter(disparity, left, smooth, back, new org.bytedeco.opencv.opencv_core.Rect(), right);
            return values(smooth);
        }
    }

    private float[] values(Mat sixteenths) {
        int w = sixteenths.cols(), h = sixteenths.rows();
        var all = new short[w * h];
        new ShortPointer(sixteenths.data()).get(all);
        var out = new float[(w - margin) * h];
        for (int i = 0; i < out.length; i++) {
            short v = all[i / (w - margin) * w + margin + i % (w - margin)];
            out[i] = v < 0 ? Float.NaN : v / 16f;
        }
        return out;
    }

    /** Gaps of rows get the further of their two ends. */
    private static float[] fill(float[] values, int width) {
        var out = values.clone();
        for (int row = 0; row < out.length; row += width) {
            float last = Float.NaN;
            for (int i = row; i < row + width; i++) {
                if (!Float.isNaN(values[i])) {
                    last = values[i];
                    continue;
                }
                int end = i;
                while (end < row + width && Float.isNaN(values[end])) {
                    end++;
                }
                float next = end < row + width ? values[end] : last;
                float further = Float.isNaN(last) ? next : Math.min(last, next);
                java.util.Arrays.fill(out, i, end, Float.isNaN(further) ? 0 : further);
                i = end - 1;
            }
        }
        return out;
    }

    @Override
    public void close() {
        left.close();
        right.close();
        matcher.close();
    }
}
