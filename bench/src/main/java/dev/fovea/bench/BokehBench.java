package dev.fovea.bench;

import dev.fovea.image.Image;
import dev.fovea.image.Quality;
import dev.fovea.photo.Bokeh;
import dev.fovea.photo.Lens;
import dev.fovea.photo.Refocus;
import dev.fovea.space.Disparity;
import dev.fovea.space.Stereo;
import dev.fovea.space.StereoPair;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Bokeh beside a real aperture: of two views of a light field depth is measured and the picture refocused, and compared with what the
 * square opening that all 81 views fill really sees. In focus is the disparity below which 5, 50 and 95 % of the picture lie: far, middle, near.
 */
final class BokehBench {
    private static final double[] SHARES = {0.05, 0.5, 0.95};
    private static final String[] NAMES = {"far", "middle", "near"};
    /** Where disparities of neighbours differ by so much, an edge of depth is; so near it counts as at the edge. */
    private static final double EDGE = 2;

    private static final int NEAR = 12;
    private static final double WANTED = 2;

    /**
     * How near a picture is to the true one.
     *
     * @param edges PSNR within 12 pixels of edges of depth
     */
    record Score(double psnr, double ssim, double edges) {}

    /**
     * One focus.
     *
     * @param disparity in focus
     * @param plain every pixel blurred by a disc as wide as the square
     * @param disc by a disc of the square's area
     * @param square by the square
     * @param lead how much better than the best of the three, in dB, overall
     * @param edgeLead and at edges
     */
    record Line(
            String focus,
            double disparity,
            Score ours,
            Score plain,
            Score disc,
            Score square,
            double lead,
            double edgeLead) {
        boolean met() {
            return lead >= WANTED && edgeLead >= WANTED;
        }
    }

    private BokehBench() {}

    /** Measures, prints, and adds pictures to a sheet. */
    static List<Line> run(Path data, PrintStream out, List<ContactSheet.Shown> sheet) {
        Optional<LightField> read = LightField.read(data);
        if (read.isEmpty()) {
            out.println("Bokeh: skipped, " + data + " has no lightfield of 81 views.");
            return List.of();
        }
        LightField field = read.get();
        Image centre = field.centre();
        Disparity disparity = new Stereo().apply(new StereoPair(centre, field.beside()));
        boolean[] edges = edges(disparity);
        float[] sorted = disparity.pixels().clone();
        Arrays.sort(sorted);
        Refocus refocus = Refocus.of(centre, disparity);
        out.printf(
                "%nBokeh against the aperture of 81 views (PSNR in dB / SSIM / PSNR within %d px of depth edges), depth by our stereo"
                        + " of two:%n%-8s %22s %22s %22s %22s  lead, at edges%n",
                NEAR, "focus", "ours", "disc per pixel", "same area", "square per pixel");
        var lines = new ArrayList<Line>();
        for (int i = 0; i < SHARES.length; i++) {
            double focus = sorted[(int) (SHARES[i] * (sorted.length - 1))];
            lines.add(line(NAMES[i], focus, field, refocus, edges, sheet));
            out.println(shown(lines.getLast()));
        }
        return lines;
    }

    private static Line line(
            String name,
            double focus,
            LightField field,
            Refocus refocus,
            boolean[] edges,
            List<ContactSheet.Shown> sheet) {
        Image truth = field.aperture(focus);
        Image centre = field.centre();
        double blur = LightField.blur();
        Disparity disparity = refocus.disparity();
        Image ours = refocus.apply(new Bokeh(focus, blur, Lens.SQUARE));
        Image plain = new PixelBlur(focus, blur, false).apply(centre, disparity);
        Image disc = new PixelBlur(focus, blur * 2 / Math.sqrt(Math.PI), false).apply(centre, disparity);
        Image square = new PixelBlur(focus, blur, true).apply(centre, disparity);
        sheet.add(new ContactSheet.Shown(name + ": 81 views", truth));
        sheet.add(new ContactSheet.Shown(name + ": ours, of two views", ours));
        sheet.add(new ContactSheet.Shown(name + ": disc per pixel", plain));
        Score[] peers = {score(plain, truth, edges), score(disc, truth, edges), score(square, truth, edges)};
        Score score = score(ours, truth, edges);
        double psnr = Arrays.stream(peers).mapToDouble(Score::psnr).max().orElseThrow();
        double atEdges = Arrays.stream(peers).mapToDouble(Score::edges).max().orElseThrow();
        return new Line(name, focus, score, peers[0], peers[1], peers[2], score.psnr - psnr, score.edges - atEdges);
    }

    private static Score score(Image image, Image truth, boolean[] edges) {
        double sum = 0;
        long n = 0;
        for (int c = 0; c < 3; c++) {
            float[] a = image.plane(c);
            float[] b = truth.plane(c);
            for (int i = 0; i < edges.length; i++) {
                if (edges[i]) {
                    sum += (a[i] - b[i]) * (a[i] - b[i]);
                    n++;
                }
            }
        }
        return new Score(Quality.psnr(image, truth), Quality.ssim(image, truth), -10 * Math.log10(sum / n));
    }

    /** The pixels near edges of depth. */
    private static boolean[] edges(Disparity d) {
        int w = d.width();
        int h = d.height();
        var near = new boolean[w * h];
        for (int y = 1; y < h; y++) {
            for (int x = 1; x < w; x++) {
                boolean edge =
                        Math.abs(d.at(x, y) - d.at(x - 1, y)) > EDGE || Math.abs(d.at(x, y) - d.at(x, y - 1)) > EDGE;
                for (int v = Math.max(0, y - NEAR); edge && v <= Math.min(h - 1, y + NEAR); v++) {
                    int half = (int) Math.sqrt(NEAR * NEAR - (v - y) * (v - y));
                    Arrays.fill(near, v * w + Math.max(0, x - half), v * w + Math.min(w, x + half + 1), true);
                }
            }
        }
        return near;
    }

    private static String shown(Line l) {
        return String.format(
                Locale.ROOT,
                "%-8s %22s %22s %22s %22s  %+.2f %+.2f%s",
                l.focus,
                shown(l.ours),
                shown(l.plain),
                shown(l.disc),
                shown(l.square),
                l.lead,
                l.edgeLead,
                l.met() ? "" : "  MISSED: at least 2 dB wanted");
    }

    private static String shown(Score s) {
        return String.format(Locale.ROOT, "%.2f / %.4f / %.2f", s.psnr, s.ssim, s.edges);
    }
}
