package dev.fovea.server;

import dev.fovea.Knobs;
import dev.fovea.Work;
import dev.fovea.image.Burst;
import dev.fovea.image.Exif;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.photo.Night;
import dev.fovea.photo.NightShot;
import dev.fovea.video.Video;
import dev.fovea.video.VideoBurst;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A service that makes one picture of a burst, which may be cut from a video. */
abstract sealed class BurstService implements Service permits NightService, SuperResService {
    private static final List<String> FORMATS = List.of("jpg", "png", "tif", "dng");
    /** That are cut from a video, normally. */
    static final int FRAMES = 8;

    private final Class<? extends Record> type;
    private final NightShot.Look look;

    /**
     * @param type the stage, whose knobs can be turned
     * @param look the tones that are normal
     */
    BurstService(Class<? extends Record> type, NightShot.Look look) {
        this.type = type;
        this.look = look;
    }

    /** What happened, for programs. */
    private record Report(
            int reference, int width, int height, List<Night.FrameReport> frames, List<String> networks) {}

    abstract Night shoot(Order order, NightShot.Look wished, Burst burst);

    /** The lines of Java that do it to a burst. */
    abstract String java(Order order);

    @Override
    public Takes takes() {
        return new Takes("burst", 1, 64);
    }

    @Override
    public List<Knobs.Named> knobs() {
        return Knobs.of(type);
    }

    @Override
    public List<Choice> choices() {
        return List.of(
                new Choice(
                        "look", Order.typed(NightShot.Look.class), look.name().toLowerCase(java.util.Locale.ROOT)),
                new Choice("format", FORMATS, "jpg"));
    }

    @Override
    public Outcome serve(Order order) {
        String format = order.wish("format", "jpg");
        if (!FORMATS.contains(format)) {
            throw new IllegalArgumentException("format is '" + format + "', but must be one of " + FORMATS);
        }
        Work.step("reading", 0);
        Burst burst = burst(order);
        if (format.equals("dng") && !burst.raw()) {
            throw new IllegalArgumentException(
                    "A .dng holds RAW, but these are finished pictures; choose jpg, png or tif");
        }
        Night night = shoot(order, order.choice("look", look), burst);
        Work.step("writing", 0);
        Exif exif = burst.shots().get(night.reference()).exif();
        Image image = night.image();
        return new Outcome(
                files(order, night, exif, format),
                new Report(night.reference(), image.width(), image.height(), night.frames(), night.networks()),
                command(order, format),
                java(order));
    }

    private static Burst burst(Order order) {
        List<Path> files = order.files();
        List<Path> videos = files.stream().filter(Video::recognises).toList();
        if (!videos.isEmpty()) {
            if (files.size() > 1) {
                throw new IllegalArgumentException(
                        videos.getFirst().getFileName() + " is a video; give it alone, or give pictures of one burst");
            }
            double frames = order.number("frames");
            return VideoBurst.sharpest(videos.getFirst(), Double.isNaN(frames) ? FRAMES : (int) frames);
        }
        // Of a folder the JPEG twins of its RAW files are passed over: people drop both.
        boolean raw = order.inputs().stream().anyMatch(i -> i.extension().equals("dng"));
        return raw ? Burst.read(files.getFirst().resolveSibling("")) : Burst.read(files);
    }

    private List<Output> files(Order order, Night night, Exif exif, String format) {
        var files = new ArrayList<Output>();
        Image image = night.image();
        if (format.equals("dng")) {
            Path file = order.folder().resolve(name() + ".dng");
            var raw = night.merged().orElseThrow();
            raw.write(file);
            files.add(new Output(Output.Role.RESULT, file, raw.width(), raw.height()));
        } else {
            files.add(order.write(name() + "." + format, Output.Role.RESULT, image, exif));
        }
        if (!format.equals("jpg")) {
            files.add(order.write("shown.jpg", Output.Role.RESULT, image));
        }
        for (Night.Named picture : night.explanation().pictures()) {
            if (picture.name().equals("reference")) {
                files.add(order.before(like(picture.image(), image)));
            } else {
                files.add(order.write("explain-" + picture.name() + ".png", Output.Role.EXPLAIN, picture.image()));
            }
        }
        return files;
    }

    /** As large as another picture: to be laid beside it. */
    private static Image like(Image before, Image after) {
        boolean same = before.width() == after.width() && before.height() == after.height();
        return same ? before : new Resize(after.width(), after.height()).apply(before);
    }

    private String command(Order order, String format) {
        var flags = new LinkedHashMap<String, String>(Map.of("look", "--look"));
        knobs().forEach(k -> flags.put(k.name(), "--" + k.name()));
        flags.put("frames", "--frames");
        String inputs = order.inputs().size() == 1 ? order.inputs().getFirst().name() : "pictures/";
        return "./fovea " + name() + " " + inputs + order.flags(flags) + " -o " + name() + "." + format;
    }
}
