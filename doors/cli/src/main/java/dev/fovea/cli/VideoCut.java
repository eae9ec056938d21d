package dev.fovea.cli;

import dev.fovea.image.Burst;
import dev.fovea.video.Video;
import dev.fovea.video.VideoBurst;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The flags of a command that cuts a burst from a video. */
final class VideoCut {
    private static final int NORMAL = 8;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = Time.class,
            description = "Of a video, begin there, as in 12.5 or 1:02.5; normally where it is sharpest.")
    private @Nullable Duration at;

    @Option(
            names = "--frames",
            paramLabel = "N",
            description = "Of a video, take so many frames, 1 to 64 (normally 8).")
    private @Nullable Integer frames;

    /**
     * The burst that the flags cut from a video, or that pictures are.
     *
     * @throws IllegalArgumentException if there are flags but no video, or several videos
     */
    Burst read(List<Path> inputs) {
        List<Path> videos = inputs.stream().filter(Video::recognises).toList();
        if (videos.isEmpty()) {
            if (at != null || frames != null) {
                throw new IllegalArgumentException((at != null ? "--at" : "--frames")
                        + " cuts a burst from a video, but " + inputs.getFirst() + " is none.");
            }
            return Burst.read(inputs);
        }
        if (inputs.size() > 1) {
            throw new IllegalArgumentException(
                    videos.getFirst() + " is a video; give it alone, or give pictures of one burst.");
        }
        int count = frames == null ? NORMAL : frames;
        return at == null ? VideoBurst.sharpest(videos.getFirst(), count) : VideoBurst.at(videos.getFirst(), at, count);
    }

    /** Reads seconds, or minutes and seconds. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            String[] parts = text.split(":", -1);
            try {
                double seconds = Double.parseDouble(parts[parts.length - 1]);
                double minutes = parts.length == 2 ? Integer.parseInt(parts[0]) : 0;
                double all = 60 * minutes + seconds;
                if (parts.length <= 2 && all >= 0 && all < 1e6) {
                    return Duration.ofMillis(Math.round(1000 * all));
                }
            } catch (NumberFormatException e) {
                // told below
            }
            throw new TypeConversionException("'" + text + "' is no time; write it as 12.5 or 1:02.5");
        }
    }
}
