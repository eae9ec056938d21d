package dev.fovea.photo;

import dev.fovea.image.Image;
import java.util.function.UnaryOperator;

/** Finds how the frames of a bracket lie on its reference. */
@FunctionalInterface
public interface Aligner {
    /** For frames that lie on each other already, as from a tripod. */
    Aligner NONE = (reference, frame) -> UnaryOperator.identity();

    /** For developed frames from the hand: coarse to fine by tiles (Hasinoff 2016). Not for mosaics. */
    Aligner TILES = new TileAligner();

    /**
     * Finds the motion between two frames of different exposure.
     *
     * @param reference {@code GREY}, the square root of light, 0..1; what either frame cannot show as too bright is 1 in both
     * @param frame the same of another frame, scaled to the reference's exposure: what did not move is equal but for noise
     * @return resamples a picture of one or more planes from the frame's grid to the reference's; where the frame shows nothing, NaN or
     *     repeated edges. RAW mosaics are given as a plane whose colours must stay in place: shift by even numbers only.
     */
    UnaryOperator<Image> onto(Image reference, Image frame);
}
