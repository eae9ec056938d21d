package dev.fovea.video;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes HEIF files of coded items: a few boxes, written plainly. */
final class HeifBuilder {
    private record Item(int id, String type, byte[] data, List<Integer> properties) {}

    private final List<Item> items = new ArrayList<>();
    private final List<byte[]> properties = new ArrayList<>();
    private final List<byte[]> references = new ArrayList<>();

    /** Adds a property; its number is told. */
    int property(String type, byte[] body) {
        properties.add(box(type, body));
        return properties.size();
    }

    int size(int w, int h) {
        return property("ispe", ints(0, w, h));
    }

    /** Adds an item; its number is told. */
    int item(String type, byte[] data, Integer... properties) {
        items.add(new Item(items.size() + 1, type, data, List.of(properties)));
        return items.size();
    }

    void reference(String role, int from, List<Integer> to) {
        var body = ByteBuffer.allocate(4 + 2 * to.size()).putShort((short) from).putShort((short) to.size());
        to.forEach(i -> body.putShort(i.shortValue()));
        references.add(box(role, body.array()));
    }

    byte[] file(String brand, int primary) {
        byte[] head = box("ftyp", (brand + "\0\0\0\0mif1" + brand).getBytes(StandardCharsets.ISO_8859_1));
        int meta = meta(primary, 0).length;
        return joined(
                head,
                meta(primary, head.length + meta + 8),
                box("mdat", joined(items.stream().map(Item::data).toArray(byte[][]::new))));
    }

    private byte[] meta(int primary, int dataAt) {
        var infos = new ArrayList<byte[]>(List.of(ints(0), shorts(items.size())));
        var places = new ArrayList<byte[]>(List.of(ints(0), shorts(0x4400, items.size())));
        var associations = new ArrayList<byte[]>(List.of(ints(0, items.size())));
        int at = dataAt;
        for (Item item : items) {
            infos.add(box("infe", joined(ints(2 << 24), shorts(item.id, 0), latin(item.type + "\0"))));
            places.add(joined(shorts(item.id, 0, 1), ints(at, item.data.length)));
            at += item.data.length;
            var list = new byte[3 + item.properties.size()];
            ByteBuffer.wrap(list).putShort((short) item.id).put((byte) item.properties.size());
            for (int i = 0; i < item.properties.size(); i++) {
                list[3 + i] = item.properties.get(i).byteValue();
            }
            associations.add(list);
        }
        byte[] all = box("ipco", joined(properties.toArray(byte[][]::new)));
        return box(
                "meta",
                joined(
                        ints(0),
                        box("hdlr", joined(ints(0, 0), latin("pict"), new byte[13])),
                        box("pitm", joined(ints(0), shorts(primary))),
                        box("iinf", joined(infos.toArray(byte[][]::new))),
                        box("iloc", joined(places.toArray(byte[][]::new))),
                        box("iref", joined(ints(0), joined(references.toArray(byte[][]::new)))),
                        box("iprp", joined(all, box("ipma", joined(associations.toArray(byte[][]::new)))))));
    }

    static byte[] box(String type, byte[] body) {
        return joined(ints(body.length + 8), latin(type), body);
    }

    static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] ints(int... values) {
        var out = ByteBuffer.allocate(4 * values.length);
        out.asIntBuffer().put(values);
        return out.array();
    }

    static byte[] shorts(int... values) {
        var out = ByteBuffer.allocate(2 * values.length);
        for (int v : values) {
            out.putShort((short) v);
        }
        return out.array();
    }

    static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** The tiles of 64 × 64 pixels that x265 made of {@code Clips.picture(192, 128, 5)}. */
    static HeifFile tiles() throws IOException {
        return new HeifFile("tiles.heic", resource("tiles.heic"));
    }

    static byte[] resource(String name) throws IOException {
        try (var in = HeifBuilder.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    /** A grid of 3 × 2 such tiles that shows so many pixels, and its number. */
    int grid(int w, int h, Integer... more) throws IOException {
        HeifFile tiles = tiles();
        int header = property("hvcC", tiles.property(1, "hvcC").orElseThrow().rest());
        int size = size(64, 64);
        var ids = new ArrayList<Integer>();
        for (int i = 1; i <= 6; i++) {
            ids.add(item("hvc1", tiles.data(i), header, size));
        }
        var properties = new ArrayList<>(List.of(size(w, h)));
        properties.addAll(List.of(more));
        byte[] body = joined(new byte[] {0, 0, 1, 2}, shorts(w, h));
        int grid = item("grid", body, properties.toArray(Integer[]::new));
        reference("dimg", grid, ids);
        return grid;
    }
}
