package dev.fovea.space;

import dev.fovea.BadInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One kind of depth file. A new kind is one public class with a public constructor without arguments, named in {@code
 * META-INF/services/dev.fovea.space.DepthCodec}; it is then found by {@link Depth#read}. Codecs keep no state and may be shared by any
 * number of threads.
 */
public interface DepthCodec {
    /** How many bytes of a file {@link #recognises} is shown. */
    int HEAD = 64;

    /**
     * Whether a file is of a kind that this codec knows; its content decides, not its name.
     *
     * @param head the first bytes of the file, at most {@value #HEAD}
     */
    boolean recognises(byte[] head);

    /** The codec with the highest priority is asked first; one that takes any picture for a map has less than the usual 0. */
    default int priority() {
        return 0;
    }

    /**
     * Reads the depth that a file carries.
     *
     * @return empty if it is a file of this kind without depth: another codec may understand it otherwise
     * @throws BadInput if the file is damaged, cut off or too large
     * @throws IOException if it cannot be read
     */
    Optional<StoredDepth> read(Path file) throws IOException;
}
