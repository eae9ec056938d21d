package dev.fovea.video;

import dev.fovea.BadInput;
import dev.fovea.Pipeline;
import dev.fovea.Tracker;
import dev.fovea.Work;
import dev.fovea.image.Frame;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A video made of another one, frame by frame: decoding, work and coding overlap ({@link Pipeline}). Times, rate and sound stay; a rotated
 * video comes out upright.
 */
public final class Rewrite {
    private Rewrite() {}

    /**
     * What was written.
     *
     * @param frames how many
     * @param notes what could not be kept and what was wrong with the input, a sentence each
     */
    public record Result(int frames, List<String> notes) {
        /** Copies the list. */
        public Result {
            notes = List.copyOf(notes);
        }
    }

    /**
     * Rewrites a video. Progress is told as {@link Work#step} "rewriting"; a failure or cancelling leaves the target as it was.
     *
     * @param encoding its rate is replaced by that of the input
     * @param work gets the frames in order, in the caller's thread; what it returns must keep one size and increasing times
     * @throws BadInput if the input is no video, or the target cannot be written
     * @throws dev.fovea.Cancelled if the surrounding work was cancelled
     */
    public static Result of(Path from, Path to, VideoEncoding encoding, Tracker<? super Frame, Frame> work) {
        try (Video video = Video.open(from);
                var writer = VideoWriter.to(to, encoding.withRate(Math.clamp(video.rate(), 0.01, 1000)))) {
            var notes = new ArrayList<String>();
            writer.soundOf(from).ifPresent(notes::add);
            var count = new int[1];
            Pipeline.run(
                    video.iterator(),
                    frame -> {
                        Work.step("rewriting", share(frame.at(), video.duration()));
                        return work.next(frame);
                    },
                    (Frame frame) -> {
                        writer.write(frame);
                        count[0]++;
                    });
            writer.finish();
            video.damage().map(BadInput::getMessage).ifPresent(notes::add);
            return new Result(count[0], notes);
        }
    }

    private static double share(Duration at, Duration whole) {
        return whole.isZero() ? 0 : Math.clamp((double) at.toMillis() / Math.max(1, whole.toMillis()), 0, 1);
    }
}
