package dev.fovea.vision;

/**
 * How sure the eye is of a face once both networks have looked. The detector sees much and little of each; the mesh network sees one crop, and
 * that well. They err about different things, so their log-odds add up, with the weights of a logistic regression over people and grounds
 * that neither network learned from ({@code training/face-detector/belief.py}): a face that one of them half doubts is told if the other is
 * sure, and a dog's that convinces one alone is not.
 */
final class Belief {
    /** From here on a face is told. */
    static final double SURE = 0.5;
    /** Detections less sure than this are no candidates: whatever the mesh network says, they would be told too rarely. */
    static final double WORTH_A_LOOK = 0.18;

    private static final double PRIOR = -4.9;
    private static final double SCORE = 1.15;
    private static final double PRESENCE = 1.35;
    /** Log-odds that no network's answer exceeds: beyond, a sigmoid's last digits would decide. */
    private static final double MOST = 8;

    private Belief() {}

    /**
     * The probability of a face.
     *
     * @param score the detector's, 0..1
     * @param presence the mesh network's, 0..1
     */
    static double of(double score, double presence) {
        return 1 / (1 + Math.exp(-PRIOR - SCORE * odds(score) - PRESENCE * odds(presence)));
    }

    private static double odds(double p) {
        return Math.clamp(Math.log(p / (1 - p)), -MOST, MOST);
    }
}
