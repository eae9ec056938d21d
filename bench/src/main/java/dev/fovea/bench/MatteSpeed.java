package dev.fovea.bench;

import dev.fovea.Tracker;
import dev.fovea.Work;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.model.Binding;
import dev.fovea.model.ModelStore;
import dev.fovea.model.Net;
import dev.fovea.model.Tensor;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Scene;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** How long mattes take on one core: medians after a warm-up. */
final class MatteSpeed {
    private static final int FRAMES = 16;

    /** What the network takes. */
    record In(@Binding(shape = {1, 3, -1, -1}) Tensor.Floats image) {}

    /** What it gives. */
    record Out(float[] mask) {}

    private MatteSpeed() {}

    static List<EyeSpeed.Time> times(Image portrait, Eye eye, Selfie selfie) {
        return Work.threads(1, () -> measured(portrait, eye, selfie));
    }

    private static List<EyeSpeed.Time> measured(Image portrait, Eye eye, Selfie selfie) {
        Image wide = new Resize(1280, 720).apply(portrait);
        List<Frame> frames = IntStream.range(0, FRAMES)
                .mapToObj(i -> Frame.of(wide, Duration.ofMillis(33L * i), "a portrait"))
                .toList();
        Tracker<Frame, Scene> watch = eye.watch();
        var next = new int[1];
        try (Net<In, Out> net = ModelStore.standard().open(MatteBench.TASK, In.class, Out.class)) {
            var planes = new In(new Tensor.Floats(new float[3 * 192 * 256], 1, 3, 192, 256));
            return List.of(
                    new EyeSpeed.Time(MatteBench.TASK, "matte", "256x192", EyeSpeed.median(() -> net.apply(planes)), 8),
                    other("selfie, all told", "256x144", () -> selfie.look(portrait)),
                    other(
                            "a picture's matte, all told",
                            "640x480",
                            () -> eye.look(portrait).person()),
                    other(
                            "a frame's matte, all told",
                            "1280x720",
                            () -> eye.look(frames.getFirst()).person()),
                    other(
                            "a watched frame, faces and matte",
                            "1280x720",
                            () -> watch.next(frames.get(next[0]++ % FRAMES)).person()));
        }
    }

    private static EyeSpeed.Time other(String what, String size, Runnable task) {
        return new EyeSpeed.Time("", what, size, EyeSpeed.median(task), Double.NaN);
    }
}
