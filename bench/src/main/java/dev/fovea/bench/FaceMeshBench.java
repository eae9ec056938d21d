package dev.fovea.bench;

import dev.fovea.Work;
import dev.fovea.bench.EyeFigure.Peer;
import dev.fovea.image.Image;
import dev.fovea.image.Point2;
import dev.fovea.vision.Detection;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Face;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * How well a face's points are found: against human marks, against the teacher, on rendered heads whose pose and gaze are known, and by what
 * they say of yawns. Everything goes through a whole eye: a face that its detector misses is a missed face.
 */
final class FaceMeshBench {
    private static final String TASK = "face-mesh";
    /** Black around the small pictures of points5, whose faces fill them, for YuNet; the eye puts its own. */
    private static final int MARGIN = 40;

    private final Path data;
    private final Eye eye;
    private final YuNet yunet;
    private final MediaPipeMesh teacher;

    FaceMeshBench(Path data, Eye eye, YuNet yunet, MediaPipeMesh teacher) {
        this.data = data;
        this.eye = eye;
        this.yunet = yunet;
        this.teacher = teacher;
    }

    /** What became of one face: errors in parts of the true eye distance, not numbers where it was missed. */
    private record Marked(double ours, double yunet, double teacher, double apart) {}

    List<EyeFigure> points5(String set, double target) {
        Path folder = data.resolve("face/points5").resolve(set);
        List<String[]> rows = FaceFinderBench.lines(folder.resolve("labels.csv"))
                .skip(1)
                .map(row -> row.split(","))
                .toList();
        var marked = new Marked[rows.size()];
        Work.rows(rows.size(), 8, (from, to) -> {
            for (int i = from; i < to; i++) {
                marked[i] = marked(Image.read(folder.resolve(rows.get(i)[0])), points(rows.get(i)));
            }
        });
        String on = "points5/" + set + ", " + rows.size() + " faces";
        double[] apart = of(marked, Marked::apart);
        return List.of(
                EyeFigure.lower(
                        TASK,
                        "five-point NME, " + set.toUpperCase(java.util.Locale.ROOT),
                        on,
                        100 * mean(of(marked, Marked::ours)),
                        "%",
                        target,
                        new Peer("MediaPipe mesh", 100 * mean(of(marked, Marked::teacher))),
                        new Peer("YuNet", 100 * mean(of(marked, Marked::yunet)))),
                EyeFigure.lower(
                        TASK,
                        "missed faces",
                        on,
                        missed(marked, Marked::ours),
                        "%",
                        2,
                        new Peer("YuNet", missed(marked, Marked::yunet))),
                EyeFigure.lower(
                        TASK,
                        "points from the teacher's",
                        on,
                        100 * mean(apart),
                        "%",
                        set.equals("lfw") ? 2.5 : Double.NaN,
                        new Peer("the median", 100 * median(apart))));
    }

    private Marked marked(Image picture, Point2[] truth) {
        double eyes = truth[0].distance(truth[1]);
        Point2 middle = middle(truth);
        Optional<Face> face = nearest(eye.look(picture).faces(), middle, 2 * eyes);
        Optional<Detection> found = Detections.nearest(yunet.look(picture, YuNet.SURE, MARGIN), middle)
                .filter(d -> d.box().centre().distance(middle) < 2 * eyes);
        Optional<Point2[]> taught = found.map(d -> teacher.look(picture, d.points()));
        return new Marked(
                face.map(f -> error(f.points5().toArray(Point2[]::new), truth)).orElse(Double.NaN),
                found.map(d -> error(d.points().toArray(Point2[]::new), truth)).orElse(Double.NaN),
                taught.map(t -> error(five(t), truth)).orElse(Double.NaN),
                face.isPresent() && taught.isPresent() ? apart(face.get(), taught.get()) : Double.NaN);
    }

    private static Optional<Face> nearest(List<Face> faces, Point2 place, double within) {
        return faces.stream()
                .min(Comparator.comparingDouble(f -> f.mesh().box().centre().distance(place)))
                .filter(f -> f.mesh().box().centre().distance(place) < within);
    }

    private static Point2[] five(Point2[] mesh) {
        return new Point2[] {
            mesh[33].plus(mesh[133]).times(0.5), mesh[362].plus(mesh[263]).times(0.5), mesh[1], mesh[61], mesh[291]
        };
    }

    private static double error(Point2[] five, Point2[] truth) {
        double sum = 0;
        for (int i = 0; i < 5; i++) {
            sum += five[i].distance(truth[i]) / 5;
        }
        return sum / truth[0].distance(truth[1]);
    }

    private static double apart(Face face, Point2[] taught) {
        double sum = 0;
        for (int i = 0; i < taught.length; i++) {
            sum += face.mesh().point(i).distance(taught[i]) / taught.length;
        }
        Point2[] five = five(taught);
        return sum / five[0].distance(five[1]);
    }

    /** How well an open mouth tells a yawn, on people that nobody learned from. */
    EyeFigure yawns() {
        Path folder = data.resolve("face/yawn");
        var ours = new ArrayList<double[]>();
        var theirs = new ArrayList<double[]>();
        int frames = 0;
        for (String line :
                FaceFinderBench.lines(folder.resolve("labels.csv")).skip(1).toList()) {
            String[] row = line.split(",");
            if (!heldOut("yawn:" + row[2])) {
                continue;
            }
            frames++;
            double yawn = row[1].equals("yawn") ? 1 : 0;
            var place = new Point2(
                    Double.parseDouble(row[3]) + Double.parseDouble(row[5]) / 2,
                    Double.parseDouble(row[4]) + Double.parseDouble(row[6]) / 2);
            Image picture = Image.read(folder.resolve(row[0]));
            nearest(eye.look(picture).faces(), place, Double.parseDouble(row[5]))
                    .ifPresent(f -> ours.add(new double[] {f.mouth(), yawn}));
            Detections.nearest(yunet.look(picture, YuNet.SURE, 0), place)
                    .map(d -> teacher.look(picture, d.points()))
                    .ifPresent(m -> theirs.add(new double[] {m[13].distance(m[14]) / m[78].distance(m[308]), yawn}));
        }
        return EyeFigure.higher(
                TASK,
                "mouth ratio AUC",
                "yawns of held-out people, " + ours.size() + " of " + frames + " frames",
                auc(ours),
                "",
                0.99,
                new Peer("MediaPipe mesh", auc(theirs)));
    }

    /** The same people as in the recipe. */
    private static boolean heldOut(String key) {
        var crc = new CRC32();
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        return crc.getValue() % 100 < 50;
    }

    private static double auc(List<double[]> scored) {
        double wins = 0;
        double pairs = 0;
        for (double[] a : scored) {
            for (double[] b : scored) {
                if (a[1] > b[1]) {
                    pairs++;
                    wins += a[0] > b[0] ? 1 : a[0] == b[0] ? 0.5 : 0;
                }
            }
        }
        return wins / pairs;
    }

    /** Pose and gaze on rendered heads: a folder of pictures with their truth.json ({@code training/face-mesh}). */
    List<EyeFigure> heads(Path folder) {
        List<HeadTruth> heads = HeadTruth.read(folder.resolve("truth.json"));
        var errors = new double[heads.size()][];
        Work.rows(heads.size(), 4, (from, to) -> {
            for (int i = from; i < to; i++) {
                errors[i] = headErrors(folder, heads.get(i));
            }
        });
        List<double[]> seen = Arrays.stream(errors).filter(e -> e.length > 0).toList();
        String on = heads.size() + " rendered heads";
        double[] open =
                seen.stream().filter(e -> e[4] > 0).mapToDouble(e -> e[3]).toArray();
        return List.of(
                EyeFigure.lower(TASK, "missed faces", on, 100.0 * (heads.size() - seen.size()) / heads.size(), "%", 2),
                EyeFigure.lower(TASK, "yaw", on, mean(seen, 0), "degrees", 3),
                EyeFigure.lower(TASK, "pitch", on, mean(seen, 1), "degrees", 3),
                EyeFigure.lower(TASK, "roll", on, mean(seen, 2), "degrees", 3),
                EyeFigure.lower(TASK, "gaze, eyes open", open.length + " rendered heads", mean(open), "degrees", 5),
                EyeFigure.lower(TASK, "gaze, all", on, mean(seen, 3), "degrees", Double.NaN));
    }

    private double[] headErrors(Path folder, HeadTruth truth) {
        Image picture = Image.read(folder.resolve(truth.file()));
        var middle = new Point2(picture.width() / 2.0, picture.height() / 2.0);
        Optional<Face> face = nearest(eye.look(picture).faces(), middle, picture.width() / 4.0);
        return face.map(f -> new double[] {
                    Math.abs(f.pose().yaw() - truth.yaw()),
                    Math.abs(f.pose().pitch() - truth.pitch()),
                    Math.abs(f.pose().roll() - truth.roll()),
                    between(f.gaze().yaw(), f.gaze().pitch(), truth.gazeYaw(), truth.gazePitch()),
                    truth.looks() ? 1 : 0
                })
                .orElse(new double[0]);
    }

    /** The angle between two directions. */
    private static double between(double yaw, double pitch, double otherYaw, double otherPitch) {
        double cos = Math.sin(Math.toRadians(pitch)) * Math.sin(Math.toRadians(otherPitch))
                + Math.cos(Math.toRadians(pitch))
                        * Math.cos(Math.toRadians(otherPitch))
                        * Math.cos(Math.toRadians(yaw - otherYaw));
        return Math.toDegrees(Math.acos(Math.clamp(cos, -1, 1)));
    }

    private static Point2[] points(String[] row) {
        var points = new Point2[5];
        for (int i = 0; i < 5; i++) {
            points[i] = new Point2(Double.parseDouble(row[1 + 2 * i]), Double.parseDouble(row[2 + 2 * i]));
        }
        return points;
    }

    private static Point2 middle(Point2[] points) {
        var sum = new Point2(0, 0);
        for (Point2 p : points) {
            sum = sum.plus(p.times(1.0 / points.length));
        }
        return sum;
    }

    /** Reads one of the errors. */
    private interface Error {
        double of(Marked marked);
    }

    private static double[] of(Marked[] marked, Error error) {
        return Arrays.stream(marked)
                .mapToDouble(error::of)
                .filter(e -> !Double.isNaN(e))
                .toArray();
    }

    private static double missed(Marked[] marked, Error error) {
        return 100.0 * (marked.length - of(marked, error).length) / marked.length;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static double mean(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(r -> r[column]).average().orElse(Double.NaN);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }
}
