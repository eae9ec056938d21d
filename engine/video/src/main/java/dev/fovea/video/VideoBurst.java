package dev.fovea.video;

import dev.fovea.BadInput;
import dev.fovea.Work;
import dev.fovea.image.Burst;
import dev.fovea.image.Frame;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Bursts cut from videos: consecutive frames at full size. */
public final class VideoBurst {
    /** Frames that differ by more than this mean, of 0..1, show another scene. */
    private static final double CUT = 0.1;

    /** A run whose ends differ by this mean counts half: frames complement each other only where they see the same. */
    private static final double MOVED = 0.02;

    private static final int MOST = 64;

    private VideoBurst() {}

    /**
     * The sharpest run of frames: of all runs without a cut, the one whose frames have the most fine detail on average, less the more the
     * view changes meanwhile. Reads the whole video once; progress is told as {@link Work#step} "searching".
     *
     * @param frames how many, 1..64; a shorter video gives all it has
     * @throws BadInput if the file is no video
     */
    public static Burst sharpest(Path file, int frames) {
        check(frames);
        try (Video video = Video.open(file)) {
            var search = new Search(frames);
            double millis = Math.max(1, video.duration().toMillis());
            for (Frame frame : video) {
                Work.step("searching", Math.min(1, frame.at().toMillis() / millis));
                search.next(frame);
            }
            return new Burst(List.copyOf(search.best()));
        }
    }

    /**
     * The frames from a time on.
     *
     * @param at the first frame is the one that is shown then
     * @param frames how many, 1..64; fewer if the video ends before
     * @throws BadInput if the file is no video, or ends before that time
     * @throws IllegalArgumentException if the time is negative
     */
    public static Burst at(Path file, Duration at, int frames) {
        check(frames);
        try (Video video = Video.open(file)) {
            if (at.compareTo(video.duration()) > 0 && !video.duration().isZero()) {
                throw new BadInput(
                        file.toString(),
                        "ends after " + video.duration().toMillis() / 1000.0 + " s",
                        "choose an earlier time");
            }
            var burst = new ArrayList<Frame>();
            for (Frame frame : video.from(at)) {
                burst.add(frame);
                if (burst.size() == frames) {
                    break;
                }
            }
            return new Burst(List.copyOf(burst));
        }
    }

    private static void check(int frames) {
        if (frames < 1 || frames > MOST) {
            throw new IllegalArgumentException("frames is " + frames + ", but must lie between 1 and " + MOST);
        }
    }

    /** The run under the window as it moves over the video, and the best so far. */
    private static final class Search {
        private final int length;
        private final Deque<Seen> run = new ArrayDeque<>();
        private List<Frame> best = List.of();
        private double bestScore = -1;

        private record Seen(Frame frame, double sharpness, double[] small) {}

        Search(int length) {
            this.length = length;
        }

        void next(Frame frame) {
            var seen = new Seen(frame, Sharpness.of(frame), Sharpness.small(frame));
            if (!run.isEmpty() && Sharpness.difference(run.getLast().small, seen.small) > CUT) {
                run.clear();
            }
            run.addLast(seen);
            if (run.size() > length) {
                run.removeFirst();
            }
            double moved = Sharpness.difference(run.getFirst().small, run.getLast().small);
            double sharpness =
                    run.stream().mapToDouble(Seen::sharpness).average().orElse(0);
            double score = sharpness / (1 + moved / MOVED);
            // a longer run wins over any shorter one
            if (run.size() > best.size() || run.size() == best.size() && score > bestScore) {
                best = run.stream().map(Seen::frame).toList();
                bestScore = score;
            }
        }

        List<Frame> best() {
            return best;
        }
    }
}
