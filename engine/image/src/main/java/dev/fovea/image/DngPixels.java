package dev.fovea.image;

import dev.fovea.Work;
import dev.fovea.image.DngLevels.Box;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Brings the samples of a DNG into planes: unpacks or decodes the chunks in parallel and keeps what lies within
 * the crop.
 */
final class DngPixels {
    private static final VarHandle BIG = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LITTLE = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private final DngFile file;
    private final DngLayout layout;
    private final Box crop;
    private final boolean wide16;
    private final short[][] planes;

    /**
     * @param crop what to keep, within the picture
     * @param wide16 see {@link LosslessJpegReader}
     */
    DngPixels(DngFile file, DngLayout layout, Box crop, boolean wide16) {
        this.file = file;
        this.layout = layout;
        this.crop = crop;
        this.wide16 = wide16;
        this.planes = new short[layout.samples()][crop.width() * crop.height()];
    }

    short[][] read() {
        if (!layout.compressed()) {
            Work.rows(layout.height(), 64, this::plainRows);
        } else {
            Work.rows(layout.chunks(), 1, (from, to) -> decode(from));
        }
        return planes;
    }

    private void plainRows(int from, int to) {
        int[] line = new int[layout.chunkWidth() * layout.samples()];
        for (int y = from; y < to; y++) {
            int first = y / layout.chunkHeight() * layout.across();
            for (int chunk = first; chunk < first + layout.across(); chunk++) {
                long at = layout.offsets()[chunk] + (y - layout.top(chunk)) * layout.rowBytes();
                unpack((int) at, line);
                put(line, 0, line.length, layout.left(chunk) * layout.samples(), y);
            }
        }
    }

    /** One row: whole bytes, 16 bits in the file's byte order, or any other size packed from the most significant bit on. */
    private void unpack(int at, int[] line) {
        byte[] b = file.bytes();
        switch (layout.bits()) {
            case 8 -> {
                for (int i = 0; i < line.length; i++) {
                    line[i] = b[at + i] & 0xFF;
                }
            }
            case 16 -> words(b, at, line);
            default -> packed(b, at, layout.bits(), line);
        }
    }

    private void words(byte[] b, int at, int[] line) {
        if (file.big()) {
            for (int i = 0; i < line.length; i++) {
                line[i] = (short) BIG.get(b, at + 2 * i) & 0xFFFF;
            }
        } else {
            for (int i = 0; i < line.length; i++) {
                line[i] = (short) LITTLE.get(b, at + 2 * i) & 0xFFFF;
            }
        }
    }

    static void packed(byte[] b, int at, int bits, int[] line) {
        int buffer = 0;
        int have = 0;
        int mask = (1 << bits) - 1;
        for (int i = 0; i < line.length; i++) {
            while (have < bits) {
                buffer = buffer << 8 | b[at++] & 0xFF;
                have += 8;
            }
            have -= bits;
            line[i] = buffer >>> have & mask;
        }
    }

    /** A lossless JPEG's samples fill the chunk in their order, however its rows are long (DNG 1.4, Compression). */
    private void decode(int chunk) {
        int from = (int) layout.offsets()[chunk];
        int to = from + (int) layout.counts()[chunk];
        var jpeg = new LosslessJpegReader(file.bytes(), from, to, file.source(), wide16);
        int chunkRow = layout.chunkWidth() * layout.samples();
        int left = layout.left(chunk) * layout.samples();
        int y = layout.top(chunk);
        int bottom = Math.min(y + layout.rows(chunk), crop.y() + crop.height());
        int column = 0;
        while (y < bottom) {
            Work.check();
            int[] line = jpeg.next();
            int n = jpeg.samples();
            for (int i = 0; i < n && y < bottom; ) {
                int part = Math.min(n - i, chunkRow - column);
                put(line, i, part, left + column, y);
                i += part;
                column += part;
                if (column == chunkRow) {
                    column = 0;
                    y++;
                }
            }
        }
    }

    /** Keeps samples {@code from} to {@code from + n} of a line, which are those from column {@code x} (in samples) of row {@code y}. */
    private void put(int[] line, int from, int n, int x, int y) {
        int row = y - crop.y();
        if (row < 0 || row >= crop.height()) {
            return;
        }
        int samples = layout.samples();
        int begin = Math.max(x, crop.x() * samples);
        int end = Math.min(x + n, (crop.x() + crop.width()) * samples);
        int i = from + begin - x;
        int to = from + end - x;
        if (samples == 1) {
            short[] plane = planes[0];
            int at = row * crop.width() + begin - crop.x();
            for (; i < to; i++) {
                plane[at++] = (short) line[i];
            }
        } else {
            for (int s = begin; i < to; i++, s++) {
                planes[s % 3][row * crop.width() + s / 3 - crop.x()] = (short) line[i];
            }
        }
    }
}
