package dev.fovea.image;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a camera's own red, green and blue relate to the world's colours (DNG 1.7, chapter 6).
 *
 * @param neutral the camera's values for something white under the light of the shot (AsShotNeutral), largest about 1
 * @param calibrations one or two calibrations; none if the values already are linear sRGB
 * @param baselineExposure stops by which the picture is meant to be brightened when shown
 */
public record CameraColour(float[] neutral, List<Calibration> calibrations, float baselineExposure) {
    /** Linear sRGB values with no cast. */
    public static final CameraColour SRGB = new CameraColour(new float[] {1, 1, 1}, List.of(), 0);

    /**
     * A calibration under one light.
     *
     * @param illuminant the EXIF LightSource code (17 = standard light A, 21 = D65)
     * @param xyzToCamera nine numbers by rows, CIE XYZ to camera
     * @param cameraToXyzD50 nine numbers by rows, white-balanced camera to XYZ D50 (ForwardMatrix), or null
     */
    public record Calibration(int illuminant, float[] xyzToCamera, float @Nullable [] cameraToXyzD50) {
        /** Checks the counts. */
        public Calibration {
            if (xyzToCamera.length != 9 || cameraToXyzD50 != null && cameraToXyzD50.length != 9) {
                throw new IllegalArgumentException("a colour matrix has nine numbers");
            }
        }
    }

    /** Checks counts and that white is positive. */
    public CameraColour {
        calibrations = List.copyOf(calibrations);
        if (neutral.length != 3 || !(neutral[0] > 0 && neutral[1] > 0 && neutral[2] > 0)) {
            throw new IllegalArgumentException(
                    "a neutral colour of " + Arrays.toString(neutral) + ": three positive numbers are needed");
        }
    }

    /** The factors that make white equal in all three, the smallest being 1. */
    public float[] gains() {
        float top = Math.max(neutral[0], Math.max(neutral[1], neutral[2]));
        return new float[] {top / neutral[0], top / neutral[1], top / neutral[2]};
    }
}
