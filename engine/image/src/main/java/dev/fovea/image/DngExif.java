package dev.fovea.image;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The EXIF tags of a DNG, which lie in its main directory and the two directories to which that points. */
final class DngExif {
    static final int PHOTO = 34665;
    static final int GPS = 34853;

    /** What describes a picture in the main directory, the rest of which describes how its pixels are stored. */
    static final Set<Integer> DESCRIPTIVE =
            Set.of(270, 271, 272, 274, 282, 283, 296, 305, 306, 315, 316, 18246, 18249, 33432);

    /** Maker notes point into the file that they came from, and the interoperability directory into itself. */
    private static final Set<Integer> BOUND = Set.of(37500, 40965);

    /** No tag that we keep is larger; what is would be no description. */
    private static final int LARGEST = 1 << 16;

    private DngExif() {}

    static Exif of(DngDirectory main) {
        var tags = new ArrayList<Exif.Tag>();
        for (int id : main.tags()) {
            if (DESCRIPTIVE.contains(id)) {
                add(main, Exif.Directory.MAIN, id, tags);
            }
        }
        linked(main, PHOTO, Exif.Directory.PHOTO, tags);
        linked(main, GPS, Exif.Directory.GPS, tags);
        return new Exif(tags);
    }

    /** Whether a tag means something in another file. */
    static boolean portable(Exif.Tag tag) {
        return tag.directory() == Exif.Directory.MAIN
                ? DESCRIPTIVE.contains(tag.id())
                : !BOUND.contains(tag.id());
    }

    private static void linked(DngDirectory main, int pointer, Exif.Directory directory, List<Exif.Tag> tags) {
        if (main.count(pointer) == 0) {
            return;
        }
        DngDirectory d = main.file().directory(main.integer(pointer, 0), new HashSet<>());
        for (int id : d.tags()) {
            if (!BOUND.contains(id)) {
                add(d, directory, id, tags);
            }
        }
    }

    private static void add(DngDirectory d, Exif.Directory directory, int id, List<Exif.Tag> tags) {
        boolean known =
                switch (d.type(id)) {
                    case 1, 2, 3, 4, 5, 7, 9, 10 -> true;
                    default -> false;
                };
        // A description that lies beyond the end is left out: it is not what the picture is read for.
        if (known && d.count(id) <= LARGEST && d.whole(id) && d.size(id) <= LARGEST) {
            tags.add(new Exif.Tag(directory, id, d.type(id), (int) d.count(id), d.bigEndian(id)));
        }
    }
}
