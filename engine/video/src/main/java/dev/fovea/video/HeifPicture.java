package dev.fovea.video;

import dev.fovea.BadInput;
import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Exif;
import dev.fovea.image.Frame;
import dev.fovea.image.Frame.Format;
import dev.fovea.image.Image;
import dev.fovea.video.HeifBytes.Box;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** One picture of a HEIF file, put together from its tiles on its stored grid. */
final class HeifPicture {
    /** Pixels per byte that no picture exceeds, with room to spare. */
    private static final int FLATTEST = 1 << 16;

    private static final int TILES_A_DECODER = 6;

    private final String name;
    private final HeifFile file;

    HeifPicture(String name, HeifFile file) {
        this.name = name;
        this.file = file;
    }

    /** How tiles lie: cols × rows of them cover a canvas from its top left. */
    private record Grid(int columns, int rows, int width, int height, List<Long> tiles) {}

    /** The samples of an item, cropped and turned as its properties say; the turn that is left to do is told as EXIF orientation. */
    Frame frame(long item) {
        return frame(item, 0);
    }

    private Frame frame(long item, int depth) {
        String type = file.type(item);
        Frame stored = switch (type) {
            case "grid" -> compose(item, grid(item));
            case "hvc1", "hev1", "av01" -> single(item);
            case "iden" -> frame(identity(item, depth), depth + 1);
            default -> throw file.file().unusual("holds a picture of the kind '" + type.strip() + "'");
        };
        return new HeifTransforms(file.file()).applied(stored, file.properties(item));
    }

    private long identity(long item, int depth) {
        List<Long> of = file.references(item, "dimg");
        if (of.size() != 1 || depth > 3) {
            throw file.file().damaged("a derived picture has no origin");
        }
        return of.getFirst();
    }

    private Frame single(long item) {
        int[] size = size(item);
        checkRatio(file.data(item).length, (long) size[0] * size[1]);
        try (var decoder = new HeifDecoder(name, file, item)) {
            return profiled(decoder.frame(item), item);
        }
    }

    private Grid grid(long item) {
        var body = new HeifBytes(name, file.data(item), 0, file.data(item).length);
        body.u8();
        boolean wide = (body.u8() & 1) == 1;
        int rows = body.u8() + 1, columns = body.u8() + 1;
        long w = body.number(wide ? 4 : 2), h = body.number(wide ? 4 : 2);
        checkSize(w, h);
        List<Long> tiles = file.references(item, "dimg");
        if (tiles.size() != rows * columns) {
            throw file.file().damaged("it has " + tiles.size() + " tiles of " + rows * columns);
        }
        long packed = 0;
        for (long tile : tiles) {
            packed += file.data(tile).length;
        }
        checkRatio(packed, w * h);
        return new Grid(columns, rows, (int) w, (int) h, tiles);
    }

    private Frame compose(long item, Grid grid) {
        Frame first;
        try (var decoder = new HeifDecoder(name, file, grid.tiles.getFirst())) {
            first = decoder.frame(grid.tiles.getFirst());
        }
        if ((long) first.width() * grid.columns < grid.width || (long) first.height() * grid.rows < grid.height) {
            throw file.file().damaged("its tiles do not cover it");
        }
        Format format = first.format();
        if (format == Format.I420 && ((first.width() | first.height()) & 1) == 1) {
            throw file.file().unusual("has tiles of odd size");
        }
        var canvas = new byte[Math.toIntExact(format.bytes(grid.width, grid.height))];
        Work.rows(grid.tiles.size(), TILES_A_DECODER, (from, to) -> {
            try (var decoder = new HeifDecoder(name, file, grid.tiles.get(from))) {
                for (int i = from; i < to; i++) {
                    Frame tile = i == 0 ? first : decoder.frame(grid.tiles.get(i));
                    checkAlike(first, tile);
                    put(tile, grid, i % grid.columns, i / grid.columns, canvas);
                }
            }
        });
        return profiled(
                new Frame(
                        grid.width,
                        grid.height,
                        format,
                        canvas,
                        first.colour(),
                        Duration.ZERO,
                        Frame.Spectrum.VISIBLE,
                        Exif.NONE,
                        name),
                item);
    }

    private void checkAlike(Frame first, Frame tile) {
        if (tile.width() != first.width() || tile.height() != first.height() || tile.format() != first.format()) {
            throw file.file().damaged("its tiles differ in size or kind");
        }
    }

    private static void put(Frame tile, Grid grid, int column, int row, byte[] canvas) {
        int x = column * tile.width(), y = row * tile.height();
        int w = Math.min(tile.width(), grid.width - x), h = Math.min(tile.height(), grid.height - y);
        if (w <= 0 || h <= 0) {
            return;
        }
        if (tile.format() != Format.I420) {
            int size = (int) tile.format().bytes(1, 1);
            rows(
                    tile.bytes(),
                    0,
                    tile.width() * size,
                    w * size,
                    h,
                    canvas,
                    (y * grid.width + x) * size,
                    grid.width * size);
            return;
        }
        int cw = (grid.width + 1) / 2, ch = (grid.height + 1) / 2, tw = tile.width() / 2, th = tile.height() / 2;
        rows(tile.bytes(), 0, tile.width(), w, h, canvas, y * grid.width + x, grid.width);
        for (int c = 0; c < 2; c++) {
            int from = tile.width() * tile.height() + c * tw * th;
            int to = grid.width * grid.height + c * cw * ch + y / 2 * cw + x / 2;
            rows(tile.bytes(), from, tw, (w + 1) / 2, (h + 1) / 2, canvas, to, cw);
        }
    }

    private static void rows(byte[] from, int at, int pitch, int length, int rows, byte[] to, int start, int wide) {
        for (int r = 0; r < rows; r++) {
            System.arraycopy(from, at + r * pitch, to, start + r * wide, length);
        }
    }

    /** In the colours of its ICC profile; of the tiles' if the whole has none. */
    private Frame profiled(Frame frame, long item) {
        Optional<byte[]> icc = profile(item);
        for (long tile : file.references(item, "dimg")) {
            icc = icc.or(() -> profile(tile));
        }
        return icc.map(frame::withProfile).orElse(frame);
    }

    private Optional<byte[]> profile(long item) {
        for (Box property : file.properties(item)) {
            if (property.type().equals("colr")) {
                String kind = property.body().text4();
                if (kind.equals("prof") || kind.equals("rICC")) {
                    return Optional.of(property.body().rest());
                }
            }
        }
        return Optional.empty();
    }

    private int[] size(long item) {
        HeifBytes extent =
                file.property(item, "ispe").orElseThrow(() -> file.file().damaged("its size is missing"));
        extent.u32();
        long w = extent.u32(), h = extent.u32();
        checkSize(w, h);
        return new int[] {(int) w, (int) h};
    }

    private void checkSize(long w, long h) {
        if (w < 1 || h < 1) {
            throw file.file().damaged("it says that it is " + w + " x " + h + " pixels large");
        }
        if (w > Image.MAX_PIXELS || h > Image.MAX_PIXELS || w * h > Image.MAX_PIXELS) {
            throw new BadInput(
                    name,
                    "has " + w + " x " + h + " pixels, more than the 2^28 that are read",
                    "scale it down or cut it into parts");
        }
    }

    private void checkRatio(long packed, long pixels) {
        if (pixels > (packed + 64) * FLATTEST) {
            throw file.file().cutOff();
        }
    }

    /** What the camera wrote about an item. */
    Exif exif(long item) {
        for (long description : file.referring(item, "cdsc")) {
            if (file.type(description).equals("Exif")) {
                byte[] block = file.data(description);
                var body = new HeifBytes(name, block, 0, block.length);
                long skip = block.length < 4 ? Long.MAX_VALUE : body.u32() + 4;
                return skip >= block.length
                        ? Exif.NONE
                        : Exif.parse(Arrays.copyOfRange(block, (int) skip, block.length));
            }
        }
        return Exif.NONE;
    }

    /** The coverage of an item, on its stored grid; empty if all is covered. */
    Optional<Frame> alpha(long item) {
        return companion(item, List.of("auxid:1", "auxiliary:alpha")).map(c -> grey(frame(c)));
    }

    /** The auxiliary picture of an item whose kind (ISO 23008-12, 6.5.8) is one of these, if there is one. */
    Optional<Long> companion(long item, List<String> kinds) {
        for (long companion : file.referring(item, "auxl")) {
            String urn = file.property(companion, "auxC")
                    .map(p -> new String(p.rest(), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .orElse("");
            if (kinds.stream().anyMatch(urn::contains)) {
                return Optional.of(companion);
            }
        }
        return Optional.empty();
    }

    /** Of a plane that was coded as colours, luma. */
    static Frame grey(Frame frame) {
        Image grey =
                frame.colour() == Colour.GREY ? frame.image() : frame.image().to(Colour.GREY);
        return Objects.requireNonNull(Frame.of(grey, Duration.ZERO, frame.source()));
    }
}
