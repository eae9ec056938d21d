package dev.fovea.server;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Photo;
import dev.fovea.space.Depth;
import dev.fovea.space.DepthMap;
import dev.fovea.space.Disparity;
import dev.fovea.space.JpegDepth;
import dev.fovea.space.Rectified;
import dev.fovea.space.Rectify;
import dev.fovea.space.Stereo;
import dev.fovea.space.StereoPair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Depth from two lenses. */
final class DepthService implements Service {
    @Override
    public String name() {
        return "depth";
    }

    @Override
    public String about() {
        return "Two pictures taken side by side tell how far everything is.";
    }

    @Override
    public Takes takes() {
        return new Takes("pair", 2, 2);
    }

    @Override
    public int bytesPerPixel() {
        return 80;
    }

    /** What happened, for programs. */
    private record Report(int width, int height, boolean rectified, double nearest, double farthest) {}

    /**
     * A pair as a photo and its depth.
     *
     * @param photo what the left lens saw
     * @param rectified whether the views had to be turned
     */
    record Measured(Photo photo, Disparity disparity, boolean rectified) {}

    static Measured measure(Path left, Path right) {
        Work.step("reading", 0);
        Photo photo = Photo.read(left);
        var pair = new StereoPair(photo.image(), Image.read(right));
        Rectified views = new Rectify().apply(pair);
        Disparity disparity = views.onPicture(new Stereo(0, false).apply(views.pair()));
        return new Measured(photo, disparity, views.place().isPresent());
    }

    @Override
    public Outcome serve(Order order) {
        Measured measured = measure(
                order.inputs().getFirst().file(), order.inputs().getLast().file());
        Work.step("writing", 0);
        float[] values = measured.disparity().pixels();
        double[] sorted = new double[values.length];
        Arrays.setAll(sorted, i -> values[i]);
        Arrays.sort(sorted);
        return new Outcome(
                List.of(
                        jpeg(order, measured.photo(), measured.disparity()),
                        order.write("map.png", Output.Role.DEPTH, shown(measured.disparity())),
                        order.before(measured.photo().image())),
                new Report(
                        measured.disparity().width(),
                        measured.disparity().height(),
                        measured.rectified(),
                        sorted[sorted.length - 1],
                        sorted[0]),
                "./fovea depth " + order.inputs().getFirst().name() + " "
                        + order.inputs().getLast().name() + " -o shot.depth.jpg",
                """
                var views = new Rectify().apply(new StereoPair(left, right));
                Disparity disparity = views.onPicture(new Stereo().apply(views.pair()));
                """);
    }

    /** An ordinary JPEG that carries its depth. */
    static Output jpeg(Order order, Photo photo, Depth depth) {
        Output plain = order.write("plain.jpg", Output.Role.RESULT, photo.image(), photo.exif());
        try {
            Path file = order.folder().resolve("shot.depth.jpg");
            JpegDepth.write(plain.file(), depth, file);
            Files.delete(plain.file());
            return new Output(Output.Role.RESULT, file, plain.width(), plain.height());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Near is bright; what is unknown is black. */
    static Image shown(Depth depth) {
        float[] near = switch (depth) {
            case Disparity d -> d.pixels().clone();
            case DepthMap map -> inverse(map.metres());
        };
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float v : near) {
            low = v < low ? v : low;
            high = v > high ? v : high;
        }
        float scale = high > low ? 1 / (high - low) : 0;
        for (int i = 0; i < near.length; i++) {
            near[i] = Float.isNaN(near[i]) ? 0 : (near[i] - low) * scale;
        }
        return Image.of(depth.width(), depth.height(), Colour.GREY, near);
    }

    private static float[] inverse(float[] metres) {
        var near = new float[metres.length];
        for (int i = 0; i < near.length; i++) {
            near[i] = 1 / metres[i];
        }
        return near;
    }
}
