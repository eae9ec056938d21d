package dev.fovea.bench;

import dev.fovea.image.Colour;
import dev.fovea.image.GaussianBlur;
import dev.fovea.image.Image;
import dev.fovea.photo.PortraitLight;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Scene;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Portrait light against real lights: the pictures of {@code face/light} (Georghiades, Belhumeur and Kriegman, From few to many, PAMI 2001)
 * show a head that keeps still while one lamp after another flashes. From the picture in one light the picture in another is made, both
 * directions being told and the wanted picture never seen; then every method gets its best gain and offset. Cameras of that set are linear.
 */
final class LightBench {
    private static final Pattern NAME = Pattern.compile(".*A([+-]\\d+)E([+-]\\d+)[.]png");
    private static final int MOST_AZIMUTH = 60;
    private static final int MOST_ELEVATION = 45;
    /** Stray light in the dome, of the lamp's. */
    private static final double AMBIENT = 0.1;
    /** Every so many pairs. */
    private static final int EACH = 7;

    /** Where a lamp stood, in degrees: azimuth to the sitter's left, elevation up. */
    record Lit(int azimuth, int elevation) implements Comparable<Lit> {
        /** Towards the lamp: right, down, towards the camera. */
        double[] direction() {
            double a = Math.toRadians(azimuth);
            double e = Math.toRadians(elevation);
            return new double[] {-Math.cos(e) * Math.sin(a), -Math.sin(e), Math.cos(e) * Math.cos(a)};
        }

        @Override
        public int compareTo(Lit other) {
            return azimuth != other.azimuth
                    ? Integer.compare(azimuth, other.azimuth)
                    : Integer.compare(elevation, other.elevation);
        }
    }

    /**
     * What one method reaches.
     *
     * @param method what it is called
     * @param psnr mean over all pairs, in dB of light
     * @param gain over no change
     */
    record Row(String method, double psnr, double gain) {}

    private LightBench() {}

    static List<Row> run(Path data, PrintStream out) {
        if (!Files.isDirectory(data.resolve("face/light"))) {
            out.println("Light: skipped, " + data + " has no face/light.");
            return List.of();
        }
        try (Eye eye = Eye.open()) {
            List<Row> rows = rows(data, eye);
            out.println(
                    "Portrait light, PSNR of light after the best gain and offset; ours: at least 2 dB over no change");
            rows.forEach(row -> out.println(line(row)));
            return rows;
        }
    }

    private static List<Row> rows(Path data, Eye eye) {
        List<Map<Lit, Image>> people = people(data);
        var sums = new TreeMap<String, double[]>();
        for (int p = 0; p < people.size(); p++) {
            Map<Lit, Image> own = people.get(p);
            Map<Lit, Image> other = people.get((p + 1) % people.size());
            var scenes = new TreeMap<Lit, Scene>();
            own.forEach((lit, image) -> scenes.put(lit, eye.look(image)));
            int at = 0;
            for (Lit from : own.keySet()) {
                for (Lit to : own.keySet()) {
                    if (from.equals(to) || at++ % EACH != 0) {
                        continue;
                    }
                    Image target = own.get(to);
                    Image source = own.get(from);
                    double[] f = from.direction();
                    double[] t = to.direction();
                    add(sums, "no change", fitted(source, target));
                    add(sums, "sphere", fitted(sphere(source, f, t), target));
                    if (other.containsKey(from) && other.containsKey(to)) {
                        add(sums, "quotient image", fitted(quotient(source, other.get(from), other.get(to)), target));
                    }
                    add(
                            sums,
                            "ours",
                            fitted(
                                    PortraitLight.between(Objects.requireNonNull(scenes.get(from)), f, t, AMBIENT),
                                    target));
                }
            }
        }
        double none = mean(sums.getOrDefault("no change", new double[] {0, 1}));
        var rows = new ArrayList<Row>();
        sums.forEach((name, sum) -> rows.add(new Row(name, mean(sum), mean(sum) - none)));
        return rows;
    }

    /** Of each person two times three pictures for a sheet: as lit, in another light by us, and in that light really. */
    static List<ContactSheet.Shown> examples(Path data, Eye eye) {
        if (!Files.isDirectory(data.resolve("face/light"))) {
            return List.of();
        }
        var shown = new ArrayList<ContactSheet.Shown>();
        for (Map<Lit, Image> own : people(data)) {
            List<Lit> lamps = own.keySet().stream()
                    .filter(lit -> Math.abs(lit.azimuth) >= 20 && Math.abs(lit.azimuth) <= 50)
                    .toList();
            for (int k = 0; k < 2 && lamps.size() > 3; k++) {
                Lit from = lamps.get(k == 0 ? 1 : lamps.size() - 2);
                Lit to = lamps.get(k == 0 ? lamps.size() - 2 : 1);
                Image source = Objects.requireNonNull(own.get(from));
                shown.add(new ContactSheet.Shown("as lit", source));
                shown.add(new ContactSheet.Shown(
                        "ours", PortraitLight.between(eye.look(source), from.direction(), to.direction(), AMBIENT)));
                shown.add(new ContactSheet.Shown("true", Objects.requireNonNull(own.get(to))));
            }
        }
        return shown;
    }

    private static double mean(double[] sum) {
        return sum[0] / sum[1];
    }

    private static void add(Map<String, double[]> sums, String name, double value) {
        double[] sum = sums.computeIfAbsent(name, n -> new double[2]);
        sum[0] += value;
        sum[1]++;
    }

    /** The people's pictures by their lamps. */
    private static List<Map<Lit, Image>> people(Path data) {
        try (Stream<Path> folders = Files.list(data.resolve("face/light"))) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(LightBench::lamps)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Lit, Image> lamps(Path folder) {
        var found = new TreeMap<Lit, Image>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    var lit = new Lit(Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2)));
                    if (Math.abs(lit.azimuth) <= MOST_AZIMUTH && Math.abs(lit.elevation) <= MOST_ELEVATION) {
                        Image grey = Image.read(file).to(Colour.GREY);
                        found.put(lit, Image.of(grey.width(), grey.height(), Colour.LINEAR_GREY, grey.plane(0)));
                    }
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Peak signal to noise, 1 being the peak, after the best gain and offset (least squares). */
    private static double fitted(Image made, Image wanted) {
        float[] x = made.plane(0);
        float[] y = wanted.plane(0);
        double n = x.length;
        double sx = 0;
        double sy = 0;
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            sx += x[i];
            sy += y[i];
            xx += (double) x[i] * x[i];
            xy += (double) x[i] * y[i];
            yy += (double) y[i] * y[i];
        }
        double vx = xx / n - sx / n * sx / n;
        double cxy = xy / n - sx / n * sy / n;
        double vy = yy / n - sy / n * sy / n;
        return -10 * Math.log10(Math.max(1e-12, vy - (vx > 1e-12 ? cxy * cxy / vx : 0)));
    }

    /** The quotient image (Shashua and Riklin-Raviv, PAMI 2001) with one other person as its bootstrap set: that person's change of light. */
    private static Image quotient(Image source, Image from, Image to) {
        var smooth = new GaussianBlur(3);
        float[] f = smooth.apply(from).plane(0);
        float[] t = smooth.apply(to).plane(0);
        return made(source, i -> t[i] / (f[i] + 0.02));
    }

    /** A Lambertian sphere as wide as the picture stands for the head. */
    private static Image sphere(Image source, double[] from, double[] to) {
        int w = source.width();
        int h = source.height();
        double radius = Math.max(w, h) * 0.6;
        return made(source, i -> {
            double x = (i % w - (w - 1) / 2.0) / radius;
            double y = (i / w - (h - 1) / 2.0) / radius;
            double z = Math.sqrt(Math.max(0, 1 - x * x - y * y));
            double before = Math.max(0, x * from[0] + y * from[1] + z * from[2]);
            double after = Math.max(0, x * to[0] + y * to[1] + z * to[2]);
            return (after + 0.1) / (before + 0.1);
        });
    }

    private static Image made(Image source, Function<Integer, Double> gain) {
        var plane = source.plane(0).clone();
        for (int i = 0; i < plane.length; i++) {
            plane[i] = (float) Math.clamp(plane[i] * gain.apply(i), 0, 1.5);
        }
        return Image.of(source.width(), source.height(), Colour.LINEAR_GREY, plane);
    }

    private static String line(Row row) {
        return String.format(Locale.ROOT, "  %-18s %6.2f dB  %+5.2f", row.method, row.psnr, row.gain);
    }
}
