package dev.fovea.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * Adobe's Digital Negative (DNG 1.4): what a sensor saw. Reads a {@link Raw}; {@link Raw#write} writes one. An {@link Image} is no
 * sensor's picture, so it is not written as DNG.
 */
public final class DngCodec implements Codec {
    /** The codec. */
    public DngCodec() {}

    @Override
    public String name() {
        return "DNG";
    }

    @Override
    public List<String> extensions() {
        return List.of("dng");
    }

    /** Before TIFF, as which a DNG begins. */
    @Override
    public int priority() {
        return 10;
    }

    /** A TIFF whose main directory tells its DNG version, or one so damaged that only its name speaks. */
    @Override
    public boolean recognises(byte[] head, Path file) throws IOException {
        if (!DngFile.begins(head)) {
            return false;
        }
        ByteOrder order = head[0] == 'M' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        int at = head.length < 8 ? 0 : ByteBuffer.wrap(head).order(order).getInt(4);
        try (var in = FileChannel.open(file)) {
            ByteBuffer count = bytes(in, Integer.toUnsignedLong(at), 2, order);
            int n = count.hasRemaining() ? Short.toUnsignedInt(count.getShort()) : 0;
            ByteBuffer entries = bytes(in, Integer.toUnsignedLong(at) + 2, 12 * n, order);
            for (int i = 0; i < entries.limit(); i += 12) {
                if (Short.toUnsignedInt(entries.getShort(i)) == DngTag.DNG_VERSION) {
                    return true;
                }
            }
            return !entries.hasRemaining() && Codecs.extension(file).equals("dng");
        }
    }

    @Override
    public Raw read(Path file) throws IOException {
        return DngReader.read(file);
    }

    /** So many bytes at an offset, or none if the file ends before. */
    private static ByteBuffer bytes(FileChannel in, long at, int count, ByteOrder order) throws IOException {
        var b = ByteBuffer.allocate(count).order(order);
        while (b.hasRemaining() && in.read(b, at + b.position()) > 0) {
            // until all are here
        }
        return b.hasRemaining() ? ByteBuffer.allocate(0) : b.flip();
    }
}
