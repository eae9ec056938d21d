package dev.fovea.bench;

import dev.fovea.space.Stereo;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Quality of stereo beside OpenCV, on pairs whose disparity is known; the same range for all. */
final class StereoBench {
    private StereoBench() {}

    /**
     * One line of the table: percent of pixels more than two pixels wrong.
     *
     * @param way how it was matched
     * @param both of the pixels that both views see
     * @param all of all pixels whose truth is known
     */
    record Row(String pair, int range, String way, double both, double all) {}

    static List<Row> run(Path data, PrintStream out) {
        out.println("Stereo, bad-2.0: percent of pixels more than 2 pixels wrong");
        out.printf("%-10s %6s  %-28s %12s %8s%n", "pair", "range", "way", "seen by both", "all");
        var rows = new ArrayList<Row>();
        for (StereoTruth truth : StereoTruth.all(data, out)) {
            add(
                    rows,
                    truth,
                    "Fovea",
                    new Stereo(truth.range(), false).apply(truth.pair()).pixels(),
                    out);
            add(
                    rows,
                    truth,
                    "Fovea, range by itself",
                    new Stereo().apply(truth.pair()).pixels(),
                    out);
            for (int margin : new int[] {0, truth.range()}) {
                String wide = margin > 0 ? ", given a margin" : "";
                try (var peer = new CvStereo(truth.pair(), truth.range(), margin)) {
                    add(rows, truth, "SGBM HH, filled" + wide, peer.filled(), out);
                    add(rows, truth, "SGBM HH + WLS" + wide, peer.smoothed(), out);
                }
            }
        }
        verdict(rows, out);
        return rows;
    }

    private static void add(List<Row> rows, StereoTruth truth, String way, float[] disparity, PrintStream out) {
        var row = new Row(truth.name(), truth.range(), way, truth.bad(disparity, false), truth.bad(disparity, true));
        out.printf(Locale.ROOT, "%-10s %6d  %-28s %12.2f %8.2f%n", row.pair, row.range, row.way, row.both, row.all);
        rows.add(row);
    }

    private static void verdict(List<Row> rows, PrintStream out) {
        double worst = 0;
        for (Row ours : rows.stream().filter(r -> r.way.equals("Fovea")).toList()) {
            double best = rows.stream()
                    .filter(r -> r.pair.equals(ours.pair) && r.way.startsWith("SGBM"))
                    .mapToDouble(Row::both)
                    .min()
                    .orElseThrow();
            worst = Math.max(worst, ours.both / best);
        }
        out.printf(
                Locale.ROOT,
                "against the best of the peers, pair by pair: at most %.2f times their bad pixels (target: below 1)%n",
                worst);
    }
}
