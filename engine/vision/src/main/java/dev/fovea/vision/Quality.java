package dev.fovea.vision;

/**
 * How good a face is for what comes after, in the spirit of ISO/IEC 29794-5 (face image quality): marks from 0 (useless) to 1 (nothing to
 * wish for). A blurred face has a low mark for blur.
 *
 * @param size the distance of the eyes over that in an aligned face of 112 pixels (35 pixels); at most 1
 * @param blur how much fine detail there is: the variance of the Laplacian (Pech-Pacheco et al., Diatom autofocusing, ICPR 2000) over that of
 *     the brightness, in the crop of 128 pixels that the mesh is found in
 * @param light of the mean brightness (full between 0.25 and 0.75), the share of pixels neither black nor white, and the evenness
 *     of both halves of the face: their product
 * @param pose the cosine of the angle between the face and the camera
 */
public record Quality(double size, double blur, double light, double pose) {
    private static final double ALIGNED = 35.2;
    /** The ratio at which blur is marked 1 − 1/e: that of a sharp portrait is two to four times as large. */
    private static final double SHARP = 0.02;

    private static final double GREY = 0.25;
    private static final float BLACK = 0.02f;
    private static final float WHITE = 0.98f;

    /** The worst of the marks. */
    public double overall() {
        return Math.min(Math.min(size, blur), Math.min(light, pose));
    }

    static Quality of(float[] pixels, double eyeDistance, HeadPose pose) {
        float[] face = luma(pixels, FaceMesh.SIZE, FaceMesh.SIZE / 4, FaceMesh.SIZE / 2);
        double facing = Math.cos(Math.toRadians(pose.yaw())) * Math.cos(Math.toRadians(pose.pitch()));
        return new Quality(
                Math.min(1, eyeDistance / ALIGNED),
                sharpness(face, FaceMesh.SIZE / 2),
                light(face),
                Math.max(0, facing));
    }

    /** The grey square in the middle of the crop: the face without its surroundings. */
    private static float[] luma(float[] rgb, int n, int from, int side) {
        var grey = new float[side * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int p = (from + y) * n + from + x;
                grey[y * side + x] = 0.2126f * rgb[p] + 0.7152f * rgb[n * n + p] + 0.0722f * rgb[2 * n * n + p];
            }
        }
        return grey;
    }

    private static double sharpness(float[] grey, int n) {
        double edges = 0;
        double sum = 0;
        double squares = 0;
        for (int y = 1; y < n - 1; y++) {
            for (int x = 1; x < n - 1; x++) {
                int p = y * n + x;
                double laplacian = grey[p - 1] + grey[p + 1] + grey[p - n] + grey[p + n] - 4.0 * grey[p];
                edges += laplacian * laplacian;
                sum += grey[p];
                squares += grey[p] * grey[p];
            }
        }
        double count = (n - 2.0) * (n - 2.0);
        double variance = squares / count - (sum / count) * (sum / count);
        return variance < 1e-6 ? 0 : 1 - Math.exp(-edges / count / variance / SHARP);
    }

    private static double light(float[] grey) {
        int n = FaceMesh.SIZE / 2;
        double left = 0;
        double right = 0;
        int good = 0;
        for (int i = 0; i < grey.length; i++) {
            if (i % n < n / 2) {
                left += grey[i];
            } else {
                right += grey[i];
            }
            good += grey[i] > BLACK && grey[i] < WHITE ? 1 : 0;
        }
        double mean = (left + right) / grey.length;
        double exposed = Math.min(1, Math.min(mean, 1 - mean) / GREY);
        double even = 1 - Math.abs(left - right) / Math.max(1e-9, left + right);
        return Math.max(0, exposed) * good / grey.length * even;
    }
}
