package dev.fovea.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** PNG (third edition, W3C 2025): every kind is read; 8 or 16 bits are written, with coverage if there is any, and with EXIF. */
public final class PngCodec implements Codec {
    /** How every PNG begins. */
    static final String SIGNATURE = "\u0089PNG\r\n\u001A\n";

    @Override
    public String name() {
        return "PNG";
    }

    @Override
    public List<String> extensions() {
        return List.of("png");
    }

    @Override
    public boolean recognises(byte[] head, Path file) {
        return Source.starts(head, 0, SIGNATURE);
    }

    @Override
    public Shot read(Path file) throws IOException {
        return new PngReader(Source.of(file)).decode().frame();
    }

    @Override
    public Image image(Path file) throws IOException {
        return new PngReader(Source.of(file)).decode().image();
    }

    @Override
    public boolean writes() {
        return true;
    }

    @Override
    public void write(Image image, Exif exif, Encoding encoding, OutputStream out) throws IOException {
        new PngWriter(Quantise.display(image, true), Math.min(16, encoding.bits()), out).write(exif);
    }
}
