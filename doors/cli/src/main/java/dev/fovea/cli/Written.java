package dev.fovea.cli;

import dev.fovea.image.Encoding;
import picocli.CommandLine.Option;

/** How a picture is written: the flags of every command that writes one. */
final class Written {
    @Option(names = "--quality", paramLabel = "Q", description = "JPEG quality, 1 to 100 (normally ${DEFAULT-VALUE}).")
    private int quality = Encoding.NORMAL.quality();

    @Option(names = "--bits", paramLabel = "BITS", description = "8 (default) or 16 for .png; 8, 16 or 32 for .tif.")
    private int bits = Encoding.NORMAL.bits();

    /**
     * As the flags say.
     *
     * @throws IllegalArgumentException if quality or bits cannot be
     */
    Encoding encoding() {
        return new Encoding(quality, bits);
    }
}
