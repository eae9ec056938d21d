package dev.fovea.video;

import dev.fovea.image.Frame;
import dev.fovea.image.Turn;
import dev.fovea.video.HeifBytes.Box;
import java.util.List;

/**
 * The transformations of a HEIF item, in the order of its properties: clean aperture (ISO 14496-12, 12.1.4), rotation and mirroring (ISO
 * 23008-12, 6.5.10 and 6.5.12). Turning is not done but told as EXIF orientation.
 *
 * @param file for sentences
 */
record HeifTransforms(HeifBytes file) {
    Frame applied(Frame stored, List<Box> properties) {
        Frame now = stored;
        Turn turn = Turn.upright(stored.exif().orientation());
        for (Box property : properties) {
            HeifBytes body = property.body();
            switch (property.type()) {
                case "irot" -> turn = rotated(turn, body.u8() & 3);
                case "imir" -> turn = Turned.then(turn, (body.u8() & 1) == 0 ? Turn.FLIP : Turn.MIRROR);
                case "clap" -> {
                    now = cropped(Turned.frame(now, turn), body);
                    turn = Turn.NONE;
                }
                default -> {}
            }
        }
        return Turned.telling(now, turn);
    }

    private static Turn rotated(Turn turn, int quarters) {
        Turn now = turn;
        for (int i = 0; i < quarters; i++) {
            now = Turned.then(now, Turn.LEFT);
        }
        return now;
    }

    /** The part that is meant to be seen: its size and the place of its centre are fractions. */
    private Frame cropped(Frame frame, HeifBytes body) {
        double w = fraction(body), h = fraction(body), dx = fraction(body), dy = fraction(body);
        int width = (int) Math.round(w), height = (int) Math.round(h);
        int left = (int) Math.round((frame.width() - w) / 2 + dx),
                top = (int) Math.round((frame.height() - h) / 2 + dy);
        if (width < 1 || height < 1 || left < 0 || top < 0) {
            throw file.damaged("its visible part lies outside of it");
        }
        if ((long) left + width > frame.width() || (long) top + height > frame.height()) {
            throw file.damaged("its visible part lies outside of it");
        }
        return Turned.cut(frame, left, top, width, height);
    }

    private double fraction(HeifBytes body) {
        long above = (int) body.u32(), below = (int) body.u32();
        if (below <= 0) {
            throw file.damaged("its visible part is no rectangle");
        }
        return (double) above / below;
    }
}
