package dev.fovea.vision;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The average face in 3D and how much each point of it can be trusted: the mean over 300 random people and expressions of the ICT head (Li
 * et al., Learning Formation of Physically-Based Face Attributes, CVPR 2020; MIT licence), and the inverse of each point's variance
 * there, so that the nose's ridge and the eyes' corners weigh more than the jaw ({@code training/canonical-face}).
 */
final class CanonicalFace {
    /** x (right in the picture), y (up) and z (towards the camera) of each point, in centimetres of an adult. */
    static final double[] POINTS;

    /** How much each point counts, 1 for the steadiest; 0 for the irises. */
    static final double[] WEIGHTS;

    static {
        List<String> lines = lines();
        POINTS = new double[3 * Landmarks.COUNT];
        WEIGHTS = new double[Landmarks.COUNT];
        for (int i = 0; i < Landmarks.COUNT; i++) {
            String[] numbers = lines.get(i).split(" ");
            for (int k = 0; k < 3; k++) {
                POINTS[3 * i + k] = Double.parseDouble(numbers[k]);
            }
            WEIGHTS[i] = Double.parseDouble(numbers[3]);
        }
    }

    private CanonicalFace() {}

    private static List<String> lines() {
        try (InputStream in = Objects.requireNonNull(CanonicalFace.class.getResourceAsStream("canonical-face.txt"));
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
