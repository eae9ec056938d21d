package dev.fovea.photo;

import dev.fovea.Work;
import dev.fovea.image.Frame;
import dev.fovea.image.kernel.TileFft;
import java.util.List;

/** A stack over developed frames, 8 or 16 bits: a plane for each colour, on the display scale. */
final class FrameStack extends Stack {
    private final List<Frame> shots;
    private final float[][] tables;
    private final float[][] spectra;
    private final boolean deep;

    /**
     * @param stabilisers one for each plane, made for the noise of display values 0..1
     * @param spectra the power of the noise
     */
    FrameStack(List<Frame> shots, List<Stabiliser> stabilisers, float[][] spectra) {
        super(
                shots.size(),
                stabilisers.size(),
                shots.getFirst().width(),
                shots.getFirst().height());
        this.shots = shots;
        this.spectra = spectra;
        this.deep = shots.getFirst().format() == Frame.Format.RGB16
                || shots.getFirst().format() == Frame.Format.GREY16;
        int codes = deep ? 65536 : 256;
        this.tables = new float[planes()][codes];
        for (int p = 0; p < planes(); p++) {
            for (int i = 0; i < codes; i++) {
                tables[p][i] = stabilisers.get(p).forward(i / (codes - 1f));
            }
        }
    }

    /** The spectra of white unit noise. */
    static float[][] white(int planes) {
        float[][] spectra = new float[planes][TileFft.N * TileFft.BINS];
        for (float[] s : spectra) {
            java.util.Arrays.fill(s, TileFft.N * TileFft.N);
        }
        return spectra;
    }

    @Override
    Plane grey(int frame) {
        var grey = new Plane((width() + 1) / 2, (height() + 1) / 2);
        byte[] bytes = shots.get(frame).bytes();
        int pitch = planes();
        float norm = (float) (0.5 / Math.sqrt(pitch));
        Work.rows(grey.height(), 16, (from, to) -> {
            for (int y = from; y < to; y++) {
                int o = grey.at(0, y);
                for (int x = 0; x < grey.width(); x++) {
                    float sum = 0;
                    for (int k = 0; k < 4; k++) {
                        int i = Math.min(2 * y + (k >> 1), height() - 1) * width()
                                + Math.min(2 * x + (k & 1), width() - 1);
                        for (int p = 0; p < pitch; p++) {
                            sum += tables[p][code(bytes, i * pitch + p)];
                        }
                    }
                    grey.values()[o + x] = sum * norm;
                }
            }
        });
        grey.pad();
        return grey;
    }

    @Override
    void rows(int frame, int y, int count, float[][] out) {
        byte[] bytes = shots.get(frame).bytes();
        int pitch = planes();
        for (int j = 0; j < count; j++) {
            int i = Math.clamp(y + j, 0, height() - 1) * width();
            int o = j * stride() + RIM;
            for (int p = 0; p < pitch; p++) {
                for (int x = 0; x < width(); x++) {
                    out[p][o + x] = tables[p][code(bytes, (i + x) * pitch + p)];
                }
            }
        }
        for (float[] plane : out) {
            rim(plane, count);
        }
    }

    @Override
    float[][] spectra() {
        return spectra;
    }

    @Override
    float allowance() {
        return 0;
    }

    private int code(byte[] bytes, int i) {
        return deep ? (bytes[2 * i] & 0xFF) | (bytes[2 * i + 1] & 0xFF) << 8 : bytes[i] & 0xFF;
    }
}
