package dev.fovea.bench;

import dev.fovea.image.Box;
import dev.fovea.image.Image;
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
import java.util.List;

/** The photographs with depth of {@code rgbd/}, focused as a user gets them who says nothing else: for the contact sheet. */
final class DepthPhotos {
    private static final List<String> PORTRAITS = List.of("iphone/front_facing", "iphone/rear_stereo");
    private static final List<String> OTHERS = List.of("flowers", "hut", "mango", "shelf", "tunnel");

    /** As `focus` has it: faces that are seen less surely are no reason to focus on them. */
    private static final double SURE = 0.7;

    private DepthPhotos() {}

    static void show(Path data, List<ContactSheet.Shown> sheet) {
        Path folder = data.resolve("rgbd");
        try (var eye = Eye.open()) {
            for (String name : PORTRAITS) {
                show(eye, name, folder.resolve(name + "/photo.jpg"), folder.resolve(name + "/depth.png"), sheet);
            }
            for (String name : OTHERS) {
                Path photo = folder.resolve("depthy/" + name + "-image.jpg");
                show(eye, name, photo, folder.resolve("depthy/" + name + "-depth.jpg"), sheet);
            }
        }
    }

    private static void show(Eye eye, String name, Path photo, Path depth, List<ContactSheet.Shown> sheet) {
        if (!Files.exists(photo) || !Files.exists(depth)) {
            return;
        }
        Image image = Image.read(photo);
        Refocus refocus = Refocus.of(image, Depth.read(depth));
        List<Box> faces = eye.look(image).faces().stream()
                .filter(face -> face.score() >= SURE)
                .map(Face::box)
                .toList();
        Focus focus = Focus.of(refocus.disparity(), faces);
        Aperture aperture = Aperture.suited(refocus.disparity(), focus, faces);
        double blur = aperture.blur(refocus.disparity(), focus);
        sheet.add(new ContactSheet.Shown(name + ", as taken", image));
        for (double stronger : new double[] {1, 2}) {
            Image focused = refocus.apply(new Bokeh(focus.disparity(), stronger * blur, Lens.NORMAL));
            String label = "%s, f/%.1f".formatted(name, aperture.number() / stronger);
            sheet.add(new ContactSheet.Shown(label, focused));
        }
    }
}
