package dev.fovea.photo;

import dev.fovea.image.Burst;
import dev.fovea.image.Colour;
import dev.fovea.image.Develop;
import dev.fovea.image.Exif;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Raw;
import dev.fovea.image.Shot;
import java.time.Duration;

/** Bursts as cameras of every kind would have developed them. */
final class NightFrames {
    private NightFrames() {}

    static Burst developed(Burst raws, Frame.Format format) {
        return new Burst(raws.shots().stream()
                .map(s -> (Shot) frame(new Develop().apply((Raw) s).to(Colour.SRGB), format, s.source()))
                .toList());
    }

    private static Frame frame(Image picture, Frame.Format format, String source) {
        int w = picture.width();
        int h = picture.height();
        Image grey = picture.to(Colour.GREY);
        byte[] bytes = switch (format) {
            case RGB8 -> codes(1, picture.plane(0), picture.plane(1), picture.plane(2));
            case RGB16 -> codes(2, picture.plane(0), picture.plane(1), picture.plane(2));
            case GREY8 -> codes(1, grey.plane(0));
            case GREY16 -> codes(2, grey.plane(0));
            case I420 -> i420(picture);
        };
        Colour colour = format.grey() ? Colour.GREY : Colour.SRGB;
        return new Frame(w, h, format, bytes, colour, Duration.ZERO, Frame.Spectrum.VISIBLE, Exif.NONE, source);
    }

    /** Interleaved, little-endian. */
    private static byte[] codes(int deep, float[]... planes) {
        int n = planes.length;
        byte[] bytes = new byte[planes[0].length * n * deep];
        for (int i = 0; i < planes[0].length * n; i++) {
            long code = Math.round(Math.clamp(planes[i % n][i / n], 0f, 1f) * (deep == 1 ? 255.0 : 65535.0));
            bytes[i * deep] = (byte) code;
            if (deep == 2) {
                bytes[2 * i + 1] = (byte) (code >> 8);
            }
        }
        return bytes;
    }

    /** BT.601, full range; chroma is the mean of 2 × 2 pixels. For even sizes. */
    private static byte[] i420(Image picture) {
        int w = picture.width();
        int h = picture.height();
        byte[] bytes = new byte[w * h * 3 / 2];
        for (int i = 0; i < w * h; i++) {
            bytes[i] = (byte) Math.round(255 * luma(picture, i));
        }
        for (int i = 0; i < w * h / 4; i++) {
            double blue = 0;
            double red = 0;
            for (int k = 0; k < 4; k++) {
                int at = (i / (w / 2) * 2 + k / 2) * w + i % (w / 2) * 2 + k % 2;
                blue += (value(picture, 2, at) - luma(picture, at)) / 1.772 / 4;
                red += (value(picture, 0, at) - luma(picture, at)) / 1.402 / 4;
            }
            bytes[w * h + i] = (byte) Math.round(Math.clamp(128 + 255 * blue, 0, 255));
            bytes[w * h * 5 / 4 + i] = (byte) Math.round(Math.clamp(128 + 255 * red, 0, 255));
        }
        return bytes;
    }

    private static double luma(Image p, int i) {
        return 0.299 * value(p, 0, i) + 0.587 * value(p, 1, i) + 0.114 * value(p, 2, i);
    }

    private static double value(Image p, int c, int i) {
        return Math.clamp(p.plane(c)[i], 0f, 1f);
    }
}
