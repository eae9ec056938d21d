package dev.fovea.server;

import dev.fovea.BadInput;
import dev.fovea.Work;
import dev.fovea.image.Photo;
import dev.fovea.space.Depth;
import dev.fovea.vision.Eye;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Holds a portrait ready, so that focus and light can be moved by touch. */
final class PortraitService implements Service {
    private final Supplier<Eye> eye;

    PortraitService(Supplier<Eye> eye) {
        this.eye = eye;
    }

    @Override
    public String name() {
        return "portrait";
    }

    @Override
    public String about() {
        return "Opens a pair, a photo with depth or a plain photo, to move focus, aperture and light by touch.";
    }

    @Override
    public Takes takes() {
        return new Takes("portrait", 1, 2);
    }

    @Override
    public int bytesPerPixel() {
        return 96;
    }

    /** What happened, for programs. */
    private record Report(int width, int height, int faces, String depth) {}

    /** Where the depth comes from. */
    private record Source(Photo photo, Optional<Path> depth, String kind) {}

    @Override
    public Outcome serve(Order order) {
        var files = new ArrayList<Output>();
        Source source = source(order, files);
        Photo photo = source.photo;
        Work.step("seeing", 0);
        Path left = order.inputs().getFirst().file();
        var portrait = new Portrait(left, source.depth, eye);
        portrait.prepare();
        Work.step("writing", 0);
        files.add(order.before(photo.image()));
        return new Outcome(
                files,
                new Report(photo.image().width(), photo.image().height(), portrait.faces(), source.kind),
                command(order, source),
                """
                Refocus portrait = Refocus.of(photo, depth);
                Focus focus = Focus.at(portrait.disparity(), new Point2(x, y));
                Image image = portrait.apply(new Bokeh(focus.disparity(), blur, Lens.NORMAL));
                """,
                Optional.of(portrait));
    }

    private static String command(Order order, Source source) {
        List<Input> inputs = order.inputs();
        String photo = inputs.getFirst().name();
        return switch (source.kind) {
            case "pair" ->
                "./fovea depth " + photo + " " + inputs.getLast().name() + " -o shot.depth.jpg\n"
                        + "./fovea focus shot.depth.jpg -o focused.jpg";
            case "file" ->
                "./fovea focus " + photo + " --depth " + inputs.getLast().name() + " -o focused.jpg";
            default -> "./fovea focus " + photo + " -o focused.jpg";
        };
    }

    /** Two files are a picture and its depth if the second carries any, else a pair; one may carry depth itself. */
    private static Source source(Order order, List<Output> files) {
        Path left = order.inputs().getFirst().file();
        Path last = order.inputs().getLast().file();
        boolean two = order.inputs().size() == 2;
        Work.step("reading", 0);
        Optional<Depth> depth = two ? depth(last) : Depth.inside(last);
        if (two && depth.isEmpty()) {
            DepthService.Measured pair = DepthService.measure(left, last);
            Path file = order.folder().resolve("disparity.pfm");
            pair.disparity().write(file);
            files.add(DepthService.jpeg(order, pair.photo(), pair.disparity()));
            files.add(order.write("map.png", Output.Role.DEPTH, DepthService.shown(pair.disparity())));
            files.add(new Output(
                    Output.Role.DATA,
                    file,
                    pair.disparity().width(),
                    pair.disparity().height()));
            return new Source(pair.photo(), Optional.of(file), "pair");
        }
        Photo photo = Photo.read(left);
        depth.ifPresent(d -> {
            Depth fitting = d.fitting(
                    photo.image().width(),
                    photo.image().height(),
                    last.getFileName().toString());
            files.add(DepthService.jpeg(order, photo, fitting));
            files.add(order.write("map.png", Output.Role.DEPTH, DepthService.shown(fitting)));
        });
        return new Source(photo, depth.map(d -> last), depth.isEmpty() ? "none" : two ? "file" : "inside");
    }

    private static Optional<Depth> depth(Path file) {
        try {
            return Optional.of(Depth.read(file));
        } catch (BadInput e) {
            return Optional.empty();
        }
    }
}
