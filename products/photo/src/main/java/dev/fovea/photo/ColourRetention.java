package dev.fovea.photo;

import dev.fovea.Tracker;
import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.vision.About;
import dev.fovea.vision.Paint;
import dev.fovea.vision.Scene;

/**
 * The person keeps colour, the rest turns grey: each pixel is mixed with its own luma (BT.709) by {@link Scene#person}. Where that is 1
 * the picture is left as it is to the bit, where it is 0 no chroma is left.
 */
@About("The person keeps colour, the rest turns grey.")
public record ColourRetention() implements Paint {
    private static final int BAND = 1 << 15;
    private static final int GREY = 128;

    @Override
    public Image paint(Scene scene) {
        Image image = scene.image();
        if (image.colour().planes() == 1) {
            return image;
        }
        return faded(image.to(Colour.SRGB), scene.person().plane(0)).to(image.colour());
    }

    static Image faded(Image from, float[] person) {
        var to = new float[3][person.length];
        Work.rows(person.length, BAND, (start, end) -> {
            for (int i = start; i < end; i++) {
                float grey = 0.2126f * from.plane(0)[i] + 0.7152f * from.plane(1)[i] + 0.0722f * from.plane(2)[i];
                for (int c = 0; c < 3; c++) {
                    float own = from.plane(c)[i];
                    to[c][i] = person[i] >= 1 ? own : grey + person[i] * (own - grey);
                }
            }
        });
        return Image.of(from.width(), from.height(), Colour.SRGB, to);
    }

    /** Of I420 frames only the chroma is touched, each by the mean of the four pixels it colours: their luma stays as it came. */
    @Override
    public Tracker<Scene, Scene> live() {
        return scene -> compact(scene)
                ? scene.painted(faded(scene.frame(), scene.person().plane(0)))
                : scene.painted(paint(scene));
    }

    private static boolean compact(Scene scene) {
        return scene.compact() && scene.frame().format() == Frame.Format.I420;
    }

    static Frame faded(Frame frame, float[] person) {
        int w = frame.width();
        int h = frame.height();
        byte[] bytes = frame.bytes().clone();
        int cw = (w + 1) / 2;
        int ch = (h + 1) / 2;
        Work.rows(ch, 16, (from, to) -> {
            for (int y = from; y < to; y++) {
                int above = 2 * y * w;
                int below = Math.min(2 * y + 1, h - 1) * w;
                int u = w * h + y * cw;
                for (int x = 0; x < cw; x++) {
                    int left = 2 * x;
                    int right = Math.min(left + 1, w - 1);
                    float kept = (person[above + left]
                                    + person[above + right]
                                    + person[below + left]
                                    + person[below + right])
                            / 4;
                    if (kept < 1) {
                        bytes[u + x] = faded(bytes[u + x], kept);
                        bytes[u + cw * ch + x] = faded(bytes[u + cw * ch + x], kept);
                    }
                }
            }
        });
        return new Frame(
                w,
                h,
                frame.format(),
                bytes,
                frame.colour(),
                frame.at(),
                frame.spectrum(),
                frame.exif(),
                frame.source());
    }

    private static byte faded(byte chroma, float kept) {
        return (byte) Math.round(GREY + kept * ((chroma & 0xff) - GREY));
    }
}
