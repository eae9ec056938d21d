package dev.fovea.image;

import dev.fovea.Stage;
import dev.fovea.Work;
import dev.fovea.image.kernel.CameraRows;

/**
 * Turns what a sensor saw into light: {@link Demosaic}, white balance, and the camera's colours to linear sRGB (DNG 1.7, chapter 6). White
 * under the light of the shot becomes (1, 1, 1). Not toned; {@link CameraColour#baselineExposure()} is left to who tones it.
 *
 * <p>Where the sensor saturated in one colour and not in the others, that colour is raised to what the others tell, so that
 * highlights turn white and not magenta, and keep what range there is above 1.
 */
public record Develop() implements Stage<Raw, Image> {
    private static final int BAND = 32;

    /** The developed picture, {@link Colour#LINEAR}, of the raw picture's size. */
    @Override
    public Image apply(Raw raw) {
        Image camera = new Demosaic().apply(raw);
        return apply(camera.planes(), raw.width(), raw.height(), raw.colour());
    }

    /** As {@link #apply(float[][], int, int, CameraColour, float)} for values that saturate at 1. */
    public Image apply(float[][] camera, int width, int height, CameraColour colour) {
        return apply(camera, width, height, colour, 1);
    }

    /**
     * Balances and converts.
     *
     * @param camera red, green and blue as the camera sees them, each width × height, black at 0; not changed
     * @param saturation the value at which the sensor saturates: 1, or more for a picture merged from exposures of different length; may
     *     be infinite
     * @return a {@link Colour#LINEAR} image
     * @throws IllegalArgumentException if sizes or counts do not fit
     */
    public Image apply(float[][] camera, int width, int height, CameraColour colour, float saturation) {
        if (camera.length != 3 || !(saturation > 0)) {
            throw new IllegalArgumentException(camera.length + " planes that saturate at " + saturation);
        }
        float[] gains = colour.gains();
        float[] matrix = CameraMatrix.toLinear(colour);
        var out = new float[3][width * height];
        Image image = Image.of(width, height, Colour.LINEAR, out);
        Work.rows(height, BAND, (from, to) -> {
            int at = from * width;
            CameraRows.linear(camera, out, at, (to - from) * width, gains, matrix, saturation);
        });
        return image;
    }
}
