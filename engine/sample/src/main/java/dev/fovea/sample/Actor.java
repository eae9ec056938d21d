package dev.fovea.sample;

/** Something in front of the backdrop that does not hold still. Frame 0 is the reference. */
@FunctionalInterface
public interface Actor {
    /** Where it is, and what it looks like, in one frame; called once for each frame, in any order. */
    Cutout at(int frame);

    /** A thing that moves on by the same distance each frame, in world samples. */
    static Actor moving(Cutout thing, double dx, double dy) {
        return frame -> thing.moved(frame * dx, frame * dy);
    }

    /**
     * A thing nearer than the backdrop, which a trembling camera sees shifted against it (parallax).
     *
     * @param frames how many frames there will be
     * @param most the largest shift against the backdrop, in world samples
     */
    static Actor near(Cutout thing, int frames, double most, long seed) {
        var walk = Tremor.walk(frames, most, 0, seed);
        return frame -> thing.moved(walk.get(frame).dx(), walk.get(frame).dy());
    }
}
