package dev.fovea.video;

import dev.fovea.image.Exif;
import dev.fovea.image.Frame;
import dev.fovea.image.Turn;
import dev.fovea.space.AppleDepth;
import dev.fovea.space.DepthCodec;
import dev.fovea.space.StoredDepth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The depth that a HEIC file carries as an auxiliary picture (ISO 23008-12, 6.5.8; telephones by Apple write it), with the XMP that says
 * what its shades mean.
 */
public final class HeifDepth implements DepthCodec {
    private static final List<String> KINDS =
            List.of("auxid:2", "auxiliary:depth", "aux:disparity", "aux:depth", "aux:portraiteffects:disparity");

    @Override
    public boolean recognises(byte[] head) {
        return HeifCodec.recognises(head);
    }

    @Override
    public Optional<StoredDepth> read(Path file) throws IOException {
        HeifCodec.Opened opened = HeifCodec.open(file);
        return opened.picture().companion(opened.file().primary(), KINDS).map(depth -> stored(opened, depth));
    }

    private static StoredDepth stored(HeifCodec.Opened opened, long item) {
        Frame frame = opened.picture().frame(item);
        Turn turn = Turn.upright(frame.exif().orientation());
        Frame upright = Turned.with(frame, Exif.NONE);
        return AppleDepth.of(HeifPicture.grey(upright), description(opened.file(), item), turn);
    }

    /** The XMP about an item; empty if there is none. */
    private static byte[] description(HeifFile file, long item) {
        return file.referring(item, "cdsc").stream()
                .filter(d -> file.type(d).equals("mime"))
                .findFirst()
                .map(file::data)
                .orElse(new byte[0]);
    }
}
