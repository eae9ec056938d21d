package dev.fovea.photo;

import dev.fovea.image.Frame;
import java.util.List;

/** A stack over developed frames, 8 or 16 bits: a plane for each colour, on the display scale. */
final class FrameStack extends Stack {
    private final List<Frame> shots;
    private final float[][] tables;
    private final boolean deep;

    /** @param stabilisers one for each plane, made for the noise of display values 0..1 */
    FrameStack(List<Frame> shots, List<Stabiliser> stabilisers) {
        super(
                shots.size(),
                stabilisers.size(),
                shots.getFirst().width(),
                shots.getFirst().height());
        this.shots = shots;
        this.deep = shots.getFirst().format() == Frame.Format.RGB16
                || shots.getFirst().format() == Frame.Format.GREY16;
        int codes = deep ? 65536 : 256;
        this.tables = new float[planes()][codes];
        for (int p = 0; p < planes(); p++) {
            for (int i = 0; i < codes; i++) {
                tables[p][i] = stabilisers.get(p).forward(i / (codes - 1.0));
            }
        }
    }

    @Override
    int perGrey() {
        return 2;
    }

    @Override
    void read(int frame, int plane, int x, int y, int n, float[] out, int stride) {
        byte[] bytes = shots.get(frame).bytes();
        float[] table = tables[plane];
        int pitch = planes();
        for (int j = 0; j < n; j++) {
            int row = Math.clamp(y + j, 0, height() - 1) * width();
            int o = j * stride;
            for (int k = 0; k < n; k++) {
                int i = (row + Math.clamp(x + k, 0, width() - 1)) * pitch + plane;
                out[o + k] = table[deep ? (bytes[2 * i] & 0xFF) | (bytes[2 * i + 1] & 0xFF) << 8 : bytes[i] & 0xFF];
            }
        }
    }
}
