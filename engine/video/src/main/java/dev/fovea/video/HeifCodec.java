package dev.fovea.video;

import dev.fovea.BadInput;
import dev.fovea.image.Codec;
import dev.fovea.image.Colour;
import dev.fovea.image.Exif;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Shot;
import dev.fovea.image.Turn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * HEIC and AVIF (HEIF, ISO 23008-12), read only: the main picture, single or composed of tiles, 8 bits or more, cropped, with its
 * rotation, colour profile, EXIF and coverage. The rotation of the container counts, EXIF's does not. Gain maps are
 * passed over; {@link HeifDepth} reads depth.
 */
public final class HeifCodec implements Codec {
    private static final Set<String> BRANDS =
            Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "mif2", "msf1", "miaf", "avif", "avis");
    private static final long MOST = Integer.MAX_VALUE - 64L;

    @Override
    public String name() {
        return "HEIC";
    }

    @Override
    public List<String> extensions() {
        return List.of("heic", "heif", "hif", "avif");
    }

    @Override
    public boolean recognises(byte[] head, Path file) {
        return recognises(head);
    }

    /** Whether a file begins as HEIF. */
    static boolean recognises(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        return text.length() >= 12 && text.startsWith("ftyp", 4) && BRANDS.contains(text.substring(8, 12));
    }

    @Override
    public Shot read(Path file) throws IOException {
        return open(file).shot();
    }

    @Override
    public Image image(Path file) throws IOException {
        Opened opened = open(file);
        Frame shot = opened.shot();
        Image colours = shot.image();
        Optional<Frame> alpha = opened.picture.alpha(opened.file.primary());
        if (alpha.isPresent()
                && alpha.get().width() == shot.width()
                && alpha.get().height() == shot.height()) {
            Image rgb = colours.to(Colour.SRGB);
            float[] coverage = alpha.get().image().plane(0);
            colours = Image.of(
                    shot.width(), shot.height(), Colour.SRGBA, rgb.plane(0), rgb.plane(1), rgb.plane(2), coverage);
        }
        return Turn.upright(shot.exif().orientation()).apply(colours);
    }

    record Opened(HeifFile file, HeifPicture picture) {
        /** The main picture with its EXIF, whose orientation is replaced by what the container says. */
        Frame shot() {
            Frame stored = picture.frame(file.primary());
            Exif exif =
                    picture.exif(file.primary()).withOrientation(stored.exif().orientation());
            return Turned.with(stored, exif);
        }
    }

    static Opened open(Path path) throws IOException {
        String name = path.toString();
        if (Files.size(path) > MOST) {
            throw new BadInput(name, "is larger than 2 GiB", "give a smaller picture");
        }
        var file = new HeifFile(name, Files.readAllBytes(path));
        return new Opened(file, new HeifPicture(name, file));
    }
}
