package dev.fovea.bench;

import dev.fovea.Tracker;
import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Exif;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.model.Binding;
import dev.fovea.model.ModelCard;
import dev.fovea.model.ModelStore;
import dev.fovea.model.Net;
import dev.fovea.model.Tensor;
import dev.fovea.vision.Eye;
import dev.fovea.vision.FaceDetector;
import dev.fovea.vision.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** How long seeing takes on one core: medians after a warm-up, of a picture with a face, preparation and decoding included. */
final class EyeSpeed {
    private static final int WARM = 100;
    private static final int ROUNDS = 300;
    private static final int MESH = 128;

    /** What the mesh network takes. */
    record MeshIn(@Binding(shape = {1, 3, MESH, MESH}) float[] image) {}

    /** What it gives. */
    record MeshOut(float[] points, float[] presence) {}

    /** What the detector takes. */
    record DetectorIn(@Binding(shape = {1, 3, -1, -1}) Tensor.Floats image) {}

    /** What it gives. */
    record DetectorOut(float[] score, float[] box, float[] points) {}

    /** What the eye-state network takes. */
    record EyesIn(
            @Binding(shape = {2, 1, EyeCut.SIZE, EyeCut.SIZE})
            float[] eyes) {}

    /** What it gives. */
    record EyesOut(float[] open, float[] confidence) {}

    /**
     * A duration beside what was promised.
     *
     * @param task the network it is about, or empty for a whole eye
     * @param what was done
     * @param size of the input
     * @param milliseconds the median; for the tracker the mean, in which the detector has its share
     * @param target what it shall not exceed; not a number if nothing was promised
     */
    record Time(String task, String what, String size, double milliseconds, double target) {
        ModelCard.Speed carded() {
            return new ModelCard.Speed(size, Math.round(milliseconds * 100) / 100.0, machine(), "./fovea bench eyes");
        }
    }

    private EyeSpeed() {}

    static List<Time> times(Image portrait, Eye eye, YuNet yunet, MediaPipeMesh teacher) {
        return Work.threads(1, () -> measured(portrait, eye, yunet, teacher));
    }

    private static List<Time> measured(Image portrait, Eye eye, YuNet yunet, MediaPipeMesh teacher) {
        Image small = new Resize(320, 240).apply(portrait);
        Frame frame = frame(small, 0);
        var faces = eye.look(portrait).faces();
        if (faces.isEmpty()) {
            throw new IllegalStateException("the portrait shows no face to this detector");
        }
        var five = faces.getFirst().points5();
        try (Net<MeshIn, MeshOut> mesh = ModelStore.standard().open("face-mesh", MeshIn.class, MeshOut.class);
                Net<DetectorIn, DetectorOut> detector =
                        ModelStore.standard().open("face-detector", DetectorIn.class, DetectorOut.class);
                Net<EyesIn, EyesOut> states = ModelStore.standard().open(EyeStates.TASK, EyesIn.class, EyesOut.class)) {
            var both = new EyesIn(new float[2 * EyeCut.SIZE * EyeCut.SIZE]);
            var pixels = new MeshIn(new float[3 * MESH * MESH]);
            var planes = new DetectorIn(new Tensor.Floats(new float[3 * 256 * 320], 1, 3, 256, 320));
            return List.of(
                    new Time(
                            "face-detector",
                            "detector, a frame to faces",
                            "320x240",
                            median(() -> eye.look(frame).see(FaceDetector.QUICK)),
                            5),
                    new Time("", "the network alone", "320x256", median(() -> detector.apply(planes)), Double.NaN),
                    new Time("", "YuNet", "320x240", median(() -> yunet.look(small, YuNet.SURE, 0)), Double.NaN),
                    new Time("face-mesh", "mesh", "128x128", median(() -> mesh.apply(pixels)), 4),
                    new Time(EyeStates.TASK, "states of both eyes", "2x48x48", median(() -> states.apply(both)), 1),
                    new Time(
                            "",
                            "MediaPipe mesh, two looks",
                            "192x192",
                            median(() -> teacher.look(portrait, five)),
                            Double.NaN),
                    new Time("", "a tracked frame, all told", "640x480", tracked(portrait, eye), 8),
                    new Time(
                            "",
                            "a picture, all told",
                            "640x480",
                            median(() -> eye.look(portrait).faces()),
                            Double.NaN));
        }
    }

    /** The mean over frames in which the face drifts: pose, irises, gaze and the detector's share included. */
    private static double tracked(Image portrait, Eye eye) {
        var frames = new Frame[30];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = frame(portrait, i);
        }
        Tracker<Frame, Scene> watch = eye.watch();
        long begun = 0;
        int faces = 0;
        for (int i = -WARM; i < ROUNDS; i++) {
            begun = i == 0 ? System.nanoTime() : begun;
            faces += watch.next(frames[Math.floorMod(i, frames.length)]).faces().size();
        }
        if (faces < ROUNDS) {
            return Double.NaN;
        }
        return (System.nanoTime() - begun) / 1e6 / ROUNDS;
    }

    static double median(Runnable task) {
        var times = new double[ROUNDS];
        for (int i = -WARM; i < ROUNDS; i++) {
            long begun = System.nanoTime();
            task.run();
            if (i >= 0) {
                times[i] = (System.nanoTime() - begun) / 1e6;
            }
        }
        Arrays.sort(times);
        return times[ROUNDS / 2];
    }

    /** 8-bit RGB, as a camera gives. */
    static Frame frame(Image image, int number) {
        Image rgb = image.to(Colour.SRGB);
        var bytes = new byte[3 * rgb.width() * rgb.height()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.clamp(Math.round(255 * rgb.plane(i % 3)[i / 3]), 0, 255);
        }
        return new Frame(
                rgb.width(),
                rgb.height(),
                Frame.Format.RGB8,
                bytes,
                Colour.SRGB,
                Duration.ofMillis(33L * number),
                Frame.Spectrum.VISIBLE,
                Exif.NONE,
                "a portrait");
    }

    /** The processor's name. */
    static String machine() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(l -> l.startsWith("model name"))
                    .map(l -> l.substring(l.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
