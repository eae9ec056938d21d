package dev.fovea.video;

import dev.fovea.video.HeifBytes.Box;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a HEIF file (ISO 23008-12) holds: items with their properties, references and data. Nothing is decoded here, and nothing is
 * allocated that the file does not hold.
 */
final class HeifFile {
    private final HeifBytes file;
    private final Map<Long, String> types = new HashMap<>();
    private final Map<Long, List<Extent>> extents = new HashMap<>();
    private final Map<Long, List<Integer>> associations = new HashMap<>();
    private final Map<String, Map<Long, List<Long>>> references = new HashMap<>();
    private List<Box> properties = List.of();
    private @Nullable HeifBytes data;
    private long primary = -1;

    /** Where a part of an item lies: in the file, or in the box "idat". */
    private record Extent(boolean inside, long from, long length) {}

    HeifFile(String name, byte[] bytes) {
        file = new HeifBytes(name, bytes, 0, bytes.length);
        HeifBytes meta =
                HeifBytes.first(file.copy().boxes(), "meta").orElseThrow(() -> file.unusual("holds no still picture"));
        meta.u32(); // version and flags
        for (Box box : meta.boxes()) {
            read(box);
        }
        if (!types.containsKey(primary)) {
            throw file.damaged("its main picture is missing");
        }
    }

    private void read(Box box) {
        HeifBytes body = box.body();
        switch (box.type()) {
            case "pitm" -> primary = version(body) == 0 ? body.u16() : body.u32();
            case "iinf" -> infos(body);
            case "iloc" -> locations(body);
            case "iref" -> references(body);
            case "iprp" -> properties(body.boxes());
            case "idat" -> data = body;
            default -> {}
        }
    }

    /** Takes version and flags. */
    private static int version(HeifBytes body) {
        return (int) (body.u32() >> 24);
    }

    private void infos(HeifBytes body) {
        boolean wide = version(body) != 0;
        body.number(wide ? 4 : 2);
        for (Box info : body.boxes()) {
            HeifBytes entry = info.body();
            int version = version(entry);
            if (info.type().equals("infe") && version >= 2) {
                long id = entry.number(version == 2 ? 2 : 4);
                entry.u16(); // protection
                types.put(id, entry.text4());
            }
        }
    }

    private void locations(HeifBytes body) {
        int version = version(body), sizes = body.u16();
        int offset = sizes >> 12,
                length = sizes >> 8 & 15,
                base = sizes >> 4 & 15,
                index = version == 0 ? 0 : sizes & 15;
        long count = version < 2 ? body.u16() : body.u32();
        for (long i = 0; i < count; i++) {
            long id = version < 2 ? body.u16() : body.u32();
            int method = version == 0 ? 0 : body.u16() & 15;
            body.u16(); // in which file
            long start = body.number(base);
            int parts = body.u16();
            var list = new ArrayList<Extent>();
            for (int p = 0; p < parts; p++) {
                body.number(index);
                list.add(new Extent(method == 1, start + body.number(offset), body.number(length)));
            }
            if (method < 2) {
                extents.put(id, list);
            }
        }
    }

    private void references(HeifBytes body) {
        int width = version(body) == 0 ? 2 : 4;
        for (Box box : body.boxes()) {
            HeifBytes entry = box.body();
            long from = entry.number(width);
            int count = entry.u16();
            var to = new ArrayList<Long>();
            for (int i = 0; i < count; i++) {
                to.add(entry.number(width));
            }
            references.computeIfAbsent(box.type(), t -> new HashMap<>()).put(from, to);
        }
    }

    private void properties(List<Box> boxes) {
        properties = HeifBytes.first(boxes, "ipco").map(HeifBytes::boxes).orElse(List.of());
        for (Box box : boxes) {
            if (box.type().equals("ipma")) {
                associations(box.body());
            }
        }
    }

    private void associations(HeifBytes body) {
        long head = body.u32(), count = body.u32();
        for (long i = 0; i < count; i++) {
            long id = body.number(head >> 24 == 0 ? 2 : 4);
            int n = body.u8();
            var list = new ArrayList<Integer>();
            for (int p = 0; p < n; p++) {
                list.add((head & 1) == 1 ? body.u16() & 0x7FFF : body.u8() & 0x7F);
            }
            associations.put(id, list);
        }
    }

    /** The picture that the file is about. */
    long primary() {
        return primary;
    }

    /** An item's four letters: hvc1, av01, grid, Exif; empty if there is no such item. */
    String type(long item) {
        return types.getOrDefault(item, "");
    }

    /** An item's properties in their order. */
    List<Box> properties(long item) {
        return associations.getOrDefault(item, List.of()).stream()
                .filter(i -> i >= 1 && i <= properties.size())
                .map(i -> properties.get(i - 1))
                .map(b -> new Box(b.type(), b.body().copy()))
                .toList();
    }

    /** An item's first property of a type. */
    Optional<HeifBytes> property(long item, String type) {
        return HeifBytes.first(properties(item), type);
    }

    /** What an item refers to in a role: dimg, its tiles. */
    List<Long> references(long item, String role) {
        return references.getOrDefault(role, Map.of()).getOrDefault(item, List.of());
    }

    /** Which items refer to one in a role: cdsc, its descriptions; auxl, its companions. */
    List<Long> referring(long item, String role) {
        return references.getOrDefault(role, Map.of()).entrySet().stream()
                .filter(e -> e.getValue().contains(item))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** An item's data. */
    byte[] data(long item) {
        List<Extent> parts = extents.getOrDefault(item, List.of());
        if (parts.isEmpty()) {
            throw file.damaged("the data of a part are missing");
        }
        var out = new ByteArrayOutputStream();
        for (Extent part : parts) {
            out.writeBytes(bytes(part));
            if (out.size() > file.left()) {
                throw file.damaged("its parts overlap");
            }
        }
        return out.toByteArray();
    }

    private byte[] bytes(Extent part) {
        if (!part.inside) {
            return file.slice(part.from, part.length == 0 ? file.left() - part.from : part.length);
        }
        HeifBytes inside = data;
        if (inside == null) {
            throw file.damaged("the data of a part are missing");
        }
        return inside.within(part.from, part.length == 0 ? inside.left() - part.from : part.length);
    }

    /** For sentences. */
    HeifBytes file() {
        return file;
    }
}
