package dev.fovea.image;

import java.util.Arrays;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A WebP file as the library reads it. Its bit reader looks 64 bits ahead, and at the end of the file meets one exception a symbol, which
 * it swallows: seconds for a few bytes. So zeros follow the file, enough to look ahead; who wants more ends here.
 */
final class WebpStream extends ImageInputStreamImpl {
    private static final int AHEAD = 16;

    private final Source source;
    private final int end;

    /** The bytes of a file up to an end. */
    WebpStream(Source source, int end) {
        this.source = source;
        this.end = end;
    }

    @Override
    public int read() {
        bitOffset = 0;
        left();
        int at = (int) streamPos++;
        return at < end ? source.u8(at) : 0;
    }

    /** Reads as much as there is: the JDK takes a short count for the end. */
    @Override
    public int read(byte[] to, int from, int length) {
        bitOffset = 0;
        int count = Math.min(length, left()), inside = Math.clamp(end - streamPos, 0, count);
        System.arraycopy(source.bytes(), Math.min((int) streamPos, end), to, from, inside);
        Arrays.fill(to, from + inside, from + count, (byte) 0);
        streamPos += count;
        return count;
    }

    private int left() {
        if (streamPos >= end + AHEAD) {
            throw source.cutOff();
        }
        return (int) (end + AHEAD - streamPos);
    }
}
