package dev.fovea.video;

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
        // the column (x', y') that a step to the right and a step down become
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
