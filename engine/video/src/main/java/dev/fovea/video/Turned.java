package dev.fovea.video;

import dev.fovea.image.Exif;
import dev.fovea.image.Frame;
import dev.fovea.image.Frame.Format;
import dev.fovea.image.Turn;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.IntPointer;

/** Sets compact samples upright. */
final class Turned {
    private Turned() {}

    /** How the pictures of a stream are to be turned, as its display matrix says (ISO 14496-12, 8.3.2.3); crooked angles are passed over. */
    static Turn of(AVStream stream) {
        AVPacketSideData data = avcodec.av_packet_side_data_get(
                stream.codecpar().coded_side_data(),
                stream.codecpar().nb_coded_side_data(),
                avcodec.AV_PKT_DATA_DISPLAYMATRIX);
        if (data == null || data.isNull() || data.size() < 36) {
            return Turn.NONE;
        }
        var matrix = new IntPointer(data.data());
        int a = sign(matrix.get(0)), b = sign(matrix.get(1)), c = sign(matrix.get(3)), d = sign(matrix.get(4));
        return matrix(a, b, c, d);
    }

    private static Turn matrix(int a, int b, int c, int d) {
        if (a != 0 && d != 0 && b == 0 && c == 0) {
            return a > 0 ? d > 0 ? Turn.NONE : Turn.FLIP : d > 0 ? Turn.MIRROR : Turn.HALF;
        }
        if (b != 0 && c != 0 && a == 0 && d == 0) {
            return b > 0 ? c > 0 ? Turn.TRANSPOSE : Turn.RIGHT : c > 0 ? Turn.LEFT : Turn.TRANSVERSE;
        }
        return Turn.NONE;
    }

    private static int sign(int fixed) {
        return Math.abs((long) fixed) < 1 << 12 ? 0 : Integer.signum(fixed);
    }

    /** Samples of a frame, turned; the same array if there is nothing to do. */
    static byte[] samples(byte[] in, Format format, int w, int h, Turn turn) {
        if (turn == Turn.NONE) {
            return in;
        }
        var out = new byte[in.length];
        if (format == Format.I420) {
            int cw = (w + 1) / 2, ch = (h + 1) / 2;
            plane(in, 0, w, h, 1, turn, out);
            plane(in, w * h, cw, ch, 1, turn, out);
            plane(in, w * h + cw * ch, cw, ch, 1, turn, out);
        } else {
            plane(in, 0, w, h, (int) format.bytes(1, 1), turn, out);
        }
        return out;
    }

    /** A frame, turned; itself if there is nothing to do. Its EXIF then says that it is upright. */
    static Frame frame(Frame f, Turn turn) {
        if (turn == Turn.NONE) {
            return f;
        }
        int w = turn.swaps() ? f.height() : f.width(), h = turn.swaps() ? f.width() : f.height();
        byte[] bytes = samples(f.bytes(), f.format(), f.width(), f.height(), turn);
        return of(f, w, h, bytes, f.exif().withOrientation(1));
    }

    /** A rectangle of a frame; of I420 chroma it begins at the nearest sample above and left. */
    static Frame cut(Frame f, int left, int top, int w, int h) {
        var bytes = new byte[(int) f.format().bytes(w, h)];
        if (f.format() == Format.I420) {
            int cw = (f.width() + 1) / 2, ch = (f.height() + 1) / 2, tw = (w + 1) / 2, th = (h + 1) / 2;
            rows(f.bytes(), top * f.width() + left, f.width(), w, h, bytes, 0);
            for (int c = 0; c < 2; c++) {
                int from = f.width() * f.height() + c * cw * ch + top / 2 * cw + left / 2;
                int rows = Math.min(th, ch - top / 2), columns = Math.min(tw, cw - left / 2);
                rows(f.bytes(), from, cw, columns, rows, bytes, w * h + c * tw * th);
            }
        } else {
            int size = (int) f.format().bytes(1, 1);
            rows(f.bytes(), (top * f.width() + left) * size, f.width() * size, w * size, h, bytes, 0);
        }
        return of(f, w, h, bytes, f.exif());
    }

    private static void rows(byte[] from, int at, int pitch, int length, int rows, byte[] to, int start) {
        for (int r = 0; r < rows; r++) {
            System.arraycopy(from, at + r * pitch, to, start + r * length, length);
        }
    }

    /** The frame with a turn that is still to be done, told as EXIF orientation. */
    static Frame telling(Frame f, Turn turn) {
        return with(f, f.exif().withOrientation(turn.ordinal() + 1));
    }

    static Frame with(Frame f, Exif exif) {
        return of(f, f.width(), f.height(), f.bytes(), exif);
    }

    private static Frame of(Frame f, int w, int h, byte[] bytes, Exif exif) {
        return new Frame(w, h, f.format(), bytes, f.colour(), f.at(), f.spectrum(), exif, f.source());
    }

    /** One turn after the other, as a single one. */
    static Turn then(Turn first, Turn next) {
        int[] m = vectors(first), n = vectors(next);
        return matrix(
                n[0] * m[0] + n[2] * m[1],
                n[1] * m[0] + n[3] * m[1],
                n[0] * m[2] + n[2] * m[3],
                n[1] * m[2] + n[3] * m[3]);
    }

    /** What a step to the right (x, y) and a step down (x, y) become. */
    private static int[] vectors(Turn turn) {
        return switch (turn) {
            case NONE -> new int[] {1, 0, 0, 1};
            case MIRROR -> new int[] {-1, 0, 0, 1};
            case HALF -> new int[] {-1, 0, 0, -1};
            case FLIP -> new int[] {1, 0, 0, -1};
            case TRANSPOSE -> new int[] {0, 1, 1, 0};
            case RIGHT -> new int[] {0, 1, -1, 0};
            case TRANSVERSE -> new int[] {0, -1, -1, 0};
            case LEFT -> new int[] {0, -1, 1, 0};
        };
    }

    /** One plane of w × h pixels, each of some bytes; it begins at the same place in both arrays. */
    private static void plane(byte[] in, int at, int w, int h, int size, Turn turn, byte[] out) {
        boolean fromRight = turn == Turn.MIRROR || turn == Turn.HALF || turn == Turn.RIGHT || turn == Turn.TRANSVERSE;
        boolean fromBelow = turn == Turn.FLIP || turn == Turn.HALF || turn == Turn.LEFT || turn == Turn.TRANSVERSE;
        int width = turn.swaps() ? h : w;
        for (int y = 0; y < h; y++) {
            int down = turn.swaps() ? y : fromBelow ? h - 1 - y : y;
            for (int x = 0; x < w; x++) {
                int to = turn.swaps()
                        ? (fromBelow ? w - 1 - x : x) * width + (fromRight ? h - 1 - down : down)
                        : down * width + (fromRight ? w - 1 - x : x);
                for (int b = 0; b < size; b++) {
                    out[at + to * size + b] = in[at + (y * w + x) * size + b];
                }
            }
        }
    }
}
