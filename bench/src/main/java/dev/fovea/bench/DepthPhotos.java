package dev.fovea.bench;

import dev.fovea.bench.ContactSheet.Shown;
import dev.fovea.image.Box;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.photo.Aperture;
import dev.fovea.photo.Bokeh;
import dev.fovea.photo.Focus;
import dev.fovea.photo.Lens;
import dev.fovea.photo.Refocus;
import dev.fovea.space.Depth;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Face;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The photographs with depth of {@code rgbd/}, focused as a user gets them who says nothing else: for the contact sheet. */
final class DepthPhotos {
    static final List<String> PORTRAITS = List.of("iphone/front_facing", "iphone/rear_stereo");
    private static final List<String> OTHERS = List.of("flowers", "hut", "mango", "shelf", "tunnel");

    /** As `focus` has it: faces that are seen less surely are no reason to focus on them. */
    private static final double SURE = 0.7;

    private static final double SIDE = 1600;

    private DepthPhotos() {}

    /** Portraits as taken and twice focused, six pictures in a row; of other things as taken and focused once. */
    static List<List<Shown>> rows(Path data, Eye eye) {
        Path folder = data.resolve("rgbd");
        var portraits = new ArrayList<Shown>();
        for (String name : PORTRAITS) {
            Path photo = folder.resolve(name + "/photo.jpg");
            portraits.addAll(shown(eye, photo, photo.resolveSibling("depth.png")));
        }
        var others = new ArrayList<Shown>();
        for (String name : OTHERS) {
            Path photo = folder.resolve("depthy/" + name + "-image.jpg");
            List<Shown> three = shown(eye, photo, folder.resolve("depthy/" + name + "-depth.jpg"));
            others.addAll(three.isEmpty() ? three : List.of(three.getFirst(), three.getLast()));
        }
        var rows = new ArrayList<>(PortraitSheet.rows(portraits, 2 * 3));
        rows.addAll(PortraitSheet.rows(others, 6));
        return rows;
    }

    /** For a sheet large pictures are made smaller first. */
    static Image small(Image image) {
        double scale = Math.min(1, SIDE / Math.max(image.width(), image.height()));
        return scale == 1
                ? image
                : new Resize((int) Math.round(image.width() * scale), (int) Math.round(image.height() * scale))
                        .apply(image);
    }

    private static List<Shown> shown(Eye eye, Path photo, Path depth) {
        if (!Files.exists(photo) || !Files.exists(depth)) {
            return List.of();
        }
        Image image = small(Image.read(photo));
        Refocus refocus = Refocus.of(image, Depth.read(depth));
        List<Box> faces = eye.look(image).faces().stream()
                .filter(face -> face.score() >= SURE)
                .map(Face::box)
                .toList();
        Focus focus = Focus.of(refocus.disparity(), faces);
        Aperture aperture = Aperture.suited(refocus.disparity(), focus, faces);
        double blur = aperture.blur(refocus.disparity(), focus);
        var shown = new ArrayList<>(List.of(new Shown("as taken", image)));
        for (double stronger : new double[] {1, 2}) {
            Image focused = refocus.apply(new Bokeh(focus.disparity(), stronger * blur, Lens.NORMAL));
            shown.add(new Shown("f/%.1f".formatted(aperture.number() / stronger), focused));
        }
        return shown;
    }
}
