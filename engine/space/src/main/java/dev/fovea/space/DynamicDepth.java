package dev.fovea.space;

import dev.fovea.BadInput;
import dev.fovea.image.Frame;
import dev.fovea.image.Turn;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Google's newer container (Dynamic Depth 1.0, 2019): a directory in the XMP lists what lies behind the picture, one thing after the other, and
 * says which of them is the depth of the camera, whose range stands beside it.
 */
final class DynamicDepth {
    private static final String DEPTH = "http://ns.google.com/photos/dd/1.0/depthmap/";
    /** Each namespace of directories with that of its items: of the specification, and of telephones since. */
    private static final List<List<String>> DIRECTORIES = List.of(
            List.of("http://ns.google.com/photos/dd/1.0/container/", "http://ns.google.com/photos/dd/1.0/item/"),
            List.of("http://ns.google.com/photos/1.0/container/", "http://ns.google.com/photos/1.0/container/item/"));

    /**
     * Something behind the picture.
     *
     * @param from where it begins, counted from the picture's end
     * @param names what refers to it
     */
    private record Item(long from, long length, List<String> names) {
        Frame picture(byte[] trailer, String source) {
            if (length <= 0 || from + length > trailer.length) {
                throw new BadInput(source, "is cut off before the end of its depth", "copy it again");
            }
            byte[] bytes = Arrays.copyOfRange(trailer, (int) from, (int) (from + length));
            return Frame.parse(source + " (its depth)", bytes);
        }
    }

    private DynamicDepth() {}

    /** The depth that lies behind a picture; empty if its metadata list none. */
    static Optional<StoredDepth> read(XmpSegments xmp, byte[] trailer, Turn turn, String source) {
        List<Item> items = items(xmp);
        String named = xmp.value(DEPTH, "DepthURI").orElse("Depth");
        Optional<Double> near = xmp.number(DEPTH, "Near"), far = xmp.number(DEPTH, "Far");
        if (near.isEmpty() && far.isEmpty()) {
            return Optional.empty();
        }
        return find(items, named).or(() -> find(items, "Depth")).map(item -> {
            String unit = xmp.value(DEPTH, "Units").orElse("").strip().toLowerCase(Locale.ROOT);
            boolean inverse = unit.startsWith("diopter");
            DepthRange range = DepthRange.of(
                    xmp.value(DEPTH, "Format").orElse("RangeInverse"),
                    inverse ? near.map(n -> 1 / n) : near,
                    inverse ? far.map(f -> 1 / f) : far,
                    source);
            Optional<Frame> confidence = xmp.value(DEPTH, "ConfidenceURI")
                    .flatMap(name -> find(items, name))
                    .map(i -> i.picture(trailer, source));
            boolean metres = inverse || unit.startsWith("m");
            return GoogleDepth.stored(
                    item.picture(trailer, source),
                    range,
                    metres ? Optional.of(DepthUnit.METRES) : Optional.empty(),
                    confidence,
                    turn);
        });
    }

    private static Optional<Item> find(List<Item> items, String name) {
        return items.stream().filter(i -> i.names.contains(name)).findFirst();
    }

    /** The first of a directory is the picture itself, whose padding alone counts. */
    private static List<Item> items(XmpSegments xmp) {
        for (List<String> spaces : DIRECTORIES) {
            List<Xmp.Part> parts = xmp.parts(spaces.getFirst(), "Item");
            var items = new java.util.ArrayList<Item>();
            long at = 0;
            for (Xmp.Part part : parts) {
                String own = spaces.getLast();
                long length = parts.getFirst() == part ? 0 : number(part, own, "Length");
                List<String> names = List.of("DataURI", "URI", "Semantic").stream()
                        .flatMap(name -> part.value(own, name).stream())
                        .toList();
                items.add(new Item(at, length, names));
                at += length + number(part, own, "Padding");
            }
            if (!items.isEmpty()) {
                return items;
            }
        }
        return List.of();
    }

    /** A length in bytes; what is none is 0. */
    private static long number(Xmp.Part part, String namespace, String name) {
        return part.value(namespace, name)
                .filter(text -> text.strip().matches("\\d{1,10}"))
                .map(text -> Long.parseLong(text.strip()))
                .orElse(0L);
    }
}
