package dev.fovea.server;

import dev.fovea.BadInput;
import dev.fovea.Json;
import dev.fovea.Tracker;
import dev.fovea.image.Frame;
import dev.fovea.video.LiveJpeg;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Overlay;
import dev.fovea.vision.Scene;
import dev.fovea.vision.SeenPicture;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What happens to the frames of one stream: decoded, looked at, painted, coded. Remembers what was before; belongs to one thread. */
final class LivePainter implements AutoCloseable {
    /** Of either orientation. */
    static final int MOST_PIXELS = 1920 * 1080;

    static final int MOST_BYTES = 2 << 20;
    private static final String SOURCE = "The frame";

    /**
     * A painted frame.
     *
     * @param seen what was seen, as JSON, if it is to be told
     */
    record Painted(byte[] jpeg, Optional<String> seen) {}

    private final Tracker<Frame, Scene> watch;
    private LiveSettings settings = LiveSettings.NORMAL;
    private Tracker<Scene, Scene> look = settings.look().live();
    private LiveJpeg jpeg = new LiveJpeg(settings.quality(), MOST_PIXELS);

    LivePainter(Eye eye) {
        watch = eye.watch();
    }

    /** Changes what is done from the next frame on; effects that stay as they are keep their memory. */
    void set(LiveSettings wanted) {
        if (!wanted.look().equals(settings.look())) {
            look = wanted.look().live();
        }
        if (wanted.quality() != settings.quality()) {
            jpeg.close();
            jpeg = new LiveJpeg(wanted.quality(), MOST_PIXELS);
        }
        settings = wanted;
    }

    /**
     * The next frame.
     *
     * @param at its time in the stream
     * @throws dev.fovea.BadInput for a frame that cannot be used; the next may be better
     */
    Painted next(int number, byte[] file, Duration at) {
        if (file.length > MOST_BYTES) {
            throw new BadInput(SOURCE, "has " + file.length + " bytes, more than " + MOST_BYTES, "send it smaller");
        }
        Scene scene = watch.next(jpeg.decode(file, at, SOURCE));
        Scene painted = look.next(scene);
        Optional<String> seen = settings.see().map(drawing -> seen(number, scene));
        Frame frame = settings.see().filter(Overlay::any).isEmpty()
                ? painted.frame()
                : painted.painted(settings.see().get().apply(painted)).frame();
        return new Painted(jpeg.encode(frame), seen);
    }

    private static String seen(int number, Scene scene) {
        return Json.of(Map.of("frame", number, "seen", SeenPicture.of("frame " + number, scene, Optional.empty())));
    }

    @Override
    public void close() {
        jpeg.close();
    }
}
