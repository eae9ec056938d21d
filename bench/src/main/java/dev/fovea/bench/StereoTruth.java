package dev.fovea.bench;

import dev.fovea.image.Image;
import dev.fovea.space.Depth;
import dev.fovea.space.DepthUnit;
import dev.fovea.space.Disparity;
import dev.fovea.space.StereoPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A pair whose disparity is known.
 *
 * @param pair the views
 * @param range disparities to look for
 * @param truth of the left view; NaN where it is not known
 * @param both whether both views see a pixel: the truth of the right view leads back to it
 */
record StereoTruth(String name, StereoPair pair, int range, Disparity truth, boolean[] both) {
    /** A pixel further than this from the truth is bad. */
    private static final float BAD = 2;

    private record Files3(String name, String left, String right, String leftTruth, String rightTruth, int scale) {}

    private static final List<Files3> ALL = List.of(
            new Files3("cone", "im2", "im6", "disp2", "disp6", 4),
            new Files3("cloth3", "view1", "view5", "disp1", "disp5", 2),
            new Files3("reindeer", "view1", "view5", "disp1", "disp5", 2));

    /** The pairs that are there; of others a sentence is printed. */
    static List<StereoTruth> all(Path data, java.io.PrintStream out) {
        var found = new ArrayList<StereoTruth>();
        for (Files3 f : ALL) {
            Path folder = data.resolve("stereo").resolve(f.name);
            if (Files.exists(folder.resolve(f.left + ".png"))) {
                found.add(read(folder, f));
            } else {
                out.println("Stereo of " + f.name + ": skipped, there is no " + folder);
            }
        }
        return found;
    }

    private static StereoTruth read(Path folder, Files3 f) {
        DepthUnit unit = DepthUnit.of("px/" + f.scale);
        var left = (Disparity) Depth.read(folder.resolve(f.leftTruth + ".png"), unit);
        var right = (Disparity) Depth.read(folder.resolve(f.rightTruth + ".png"), unit);
        var both = new boolean[left.pixels().length];
        for (int i = 0; i < both.length; i++) {
            int x = i % left.width(), y = i / left.width(), partner = Math.round(x - left.at(x, y));
            both[i] =
                    !Float.isNaN(left.at(x, y)) && partner >= 0 && Math.abs(right.at(partner, y) - left.at(x, y)) <= 1;
        }
        var pair = new StereoPair(
                Image.read(folder.resolve(f.left + ".png")), Image.read(folder.resolve(f.right + ".png")));
        return new StereoTruth(f.name, pair, range(folder), left, both);
    }

    private static int range(Path folder) {
        try {
            for (String line : Files.readAllLines(folder.resolve("drange.txt"))) {
                if (line.startsWith("dmax=")) {
                    return Integer.parseInt(line.substring(5).strip());
                }
            }
            return 128;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Percent of the pixels seen by both views, or of all, that are more than two pixels wrong. */
    double bad(float[] disparity, boolean all) {
        int bad = 0, n = 0;
        for (int i = 0; i < disparity.length; i++) {
            float t = truth.pixels()[i];
            if (all ? !Float.isNaN(t) : both[i]) {
                n++;
                bad += Math.abs(disparity[i] - t) <= BAD ? 0 : 1;
            }
        }
        return 100.0 * bad / n;
    }
}
