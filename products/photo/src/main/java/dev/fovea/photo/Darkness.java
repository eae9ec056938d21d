package dev.fovea.photo;

import dev.fovea.BadInput;
import dev.fovea.Work;
import dev.fovea.image.Burst;
import dev.fovea.image.Frame;
import dev.fovea.image.Raw;
import dev.fovea.image.Shot;

/** Tells frames that show nothing. */
final class Darkness {
    /** Code values above black that no dead frame reaches. */
    private static final int NOTHING = 2;

    private Darkness() {}

    /** @throws BadInput if no frame of the burst shows anything at all */
    static void refuse(Burst burst) {
        for (Shot s : burst.shots()) {
            if (!dark(s)) {
                return;
            }
        }
        throw new BadInput(
                burst.shots().getFirst().source(),
                burst.size() == 1 ? "is black throughout" : "and the rest of its burst are black throughout",
                "take the cap off the lens or expose longer");
    }

    private static boolean dark(Shot shot) {
        return switch (shot) {
            case Raw raw -> {
                float top = 0;
                for (int c = 0; c < (raw.cfa().mosaic() ? 1 : 3); c++) {
                    for (short s : raw.plane(c)) {
                        top = Math.max(top, s & 0xFFFF);
                    }
                }
                yield top <= raw.black(0) + NOTHING;
            }
            case Frame frame -> {
                boolean deep = frame.format() == Frame.Format.RGB16 || frame.format() == Frame.Format.GREY16;
                int luma = frame.format() == Frame.Format.I420 ? frame.width() * frame.height() : frame.bytes().length;
                int top = 0;
                for (int i = deep ? 1 : 0; i < luma; i += deep ? 2 : 1) {
                    top = Math.max(top, frame.bytes()[i] & 0xFF);
                }
                Work.check();
                yield top <= (deep ? 0 : NOTHING);
            }
        };
    }
}
