package dev.fovea.server;

import dev.fovea.Knobs;
import dev.fovea.Work;
import dev.fovea.photo.Lens;
import dev.fovea.space.Depth;
import dev.fovea.vision.Eye;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Another focus and aperture for a photo that carries depth, or comes with it; without depth the person stays sharp. */
final class FocusService implements Service {
    private final Supplier<Eye> eye;

    FocusService(Supplier<Eye> eye) {
        this.eye = eye;
    }

    @Override
    public String name() {
        return "focus";
    }

    @Override
    public String about() {
        return "A photo with depth gets another focus and aperture; of one without depth the person stays sharp.";
    }

    @Override
    public Takes takes() {
        return new Takes("portrait", 1, 2);
    }

    @Override
    public List<Knobs.Named> knobs() {
        return Knobs.of(Lens.class);
    }

    @Override
    public int bytesPerPixel() {
        return 96;
    }

    @Override
    public Outcome serve(Order order) {
        Path photo = order.inputs().getFirst().file();
        Path depth = order.inputs().getLast().file();
        Work.step("reading", 0);
        boolean alone = order.inputs().size() == 1;
        boolean deep = !alone || Depth.inside(photo).isPresent();
        Work.step("focusing", 0);
        var wishes = new HashMap<>(order.wishes());
        wishes.put("width", "full");
        Portrait.Answer answer = new Portrait(photo, deep ? Optional.of(depth) : Optional.empty(), eye)
                .focus(new Order(order.inputs(), wishes, order.folder()));
        Work.step("writing", 0);
        var flags = new LinkedHashMap<String, String>();
        flags.put("aperture", "--aperture");
        knobs().forEach(k -> flags.put(k.name(), "--" + k.name()));
        String second = !alone ? " --depth " + order.inputs().getLast().name() : "";
        return new Outcome(
                List.of(
                        order.write(
                                "focus.jpg",
                                Output.Role.RESULT,
                                answer.image(),
                                answer.photo().exif()),
                        order.before(answer.photo().image())),
                answer.report(),
                "./fovea focus " + order.inputs().getFirst().name() + second + order.flags(flags) + " -o focus.jpg",
                """
                Refocus portrait = Refocus.of(photo, depth);
                Focus focus = Focus.of(portrait.disparity(), faces);
                Image image = portrait.apply(new Bokeh(focus.disparity(), blur, Lens.NORMAL));
                """);
    }
}
