package dev.fovea.bench;

import dev.fovea.Tracker;
import dev.fovea.bench.ContactSheet.Section;
import dev.fovea.bench.ContactSheet.Shown;
import dev.fovea.image.Colour;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.photo.BackgroundBlur;
import dev.fovea.photo.ColourRetention;
import dev.fovea.photo.PortraitLight;
import dev.fovea.space.Depth;
import dev.fovea.space.Disparity;
import dev.fovea.space.Stereo;
import dev.fovea.vision.Eye;
import dev.fovea.vision.Scene;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All that portraits can become, on one sheet. What the data folder lacks is left out. */
final class PortraitSheet {
    /** From far to near. */
    private static final int[] SHADES = {0x0d1b2a, 0x2f4b6e, 0x8a6f8f, 0xdb8f62, 0xfff1d0};

    private static final int FRAMES = 24;

    private final Path data;
    private final List<Section> sections = new ArrayList<>();

    private PortraitSheet(Path data) {
        this.data = data;
    }

    /** Writes the sheet; {@code bokeh} holds the pictures of {@link BokehBench}, three for each focus. */
    static void write(Path data, List<Shown> bokeh, Path file) {
        var sheet = new PortraitSheet(data);
        sheet.stereo();
        try (Eye eye = Eye.open()) {
            sheet.add(
                    "Focus after the shot",
                    "Photographs with depth; the main face or the nearest large thing is in focus unless a point is named.",
                    DepthPhotos.rows(data, eye));
            sheet.add(
                    "Beside a real aperture",
                    "A light field: what all 81 views see through one wide opening, ours from two of them, and every pixel blurred by itself.",
                    rows(bokeh, 3));
            sheet.light(eye);
            sheet.video(eye);
        }
        ContactSheet.write("Fovea: portraits", "Depth, focus, light and colour after the shot.", sheet.sections, file);
    }

    static List<List<Shown>> rows(List<Shown> all, int each) {
        var rows = new ArrayList<List<Shown>>();
        for (int i = 0; i < all.size(); i += each) {
            rows.add(all.subList(i, Math.min(all.size(), i + each)));
        }
        return rows;
    }

    private void add(String title, String words, List<List<Shown>> rows) {
        if (!rows.isEmpty()) {
            sections.add(new Section(title, words, rows));
        }
    }

    private void stereo() {
        var shown = new ArrayList<Shown>();
        for (StereoTruth truth : StereoTruth.all(data, new PrintStream(OutputStream.nullOutputStream()))) {
            Disparity measured = new Stereo(truth.range(), false).apply(truth.pair());
            shown.add(new Shown(truth.name() + ", the left of two", truth.pair().left()));
            shown.add(new Shown("disparity, measured", shades(measured, truth.truth())));
            shown.add(new Shown("true; dark where it is not known", shades(truth.truth(), truth.truth())));
        }
        add("Depth from two lenses", "Semi-global matching, checked from the other view and filled.", rows(shown, 3));
    }

    /** Near is bright and warm; in the range of the truth. */
    private static Image shades(Disparity disparity, Disparity truth) {
        float low = Float.POSITIVE_INFINITY;
        float high = 0;
        for (float d : truth.pixels()) {
            low = Float.isNaN(d) ? low : Math.min(low, d);
            high = Float.isNaN(d) ? high : Math.max(high, d);
        }
        var planes = new float[3][disparity.pixels().length];
        for (int i = 0; i < planes[0].length; i++) {
            float d = disparity.pixels()[i];
            float t = Float.isNaN(d) ? 0 : Math.clamp((d - low) / (high - low), 0f, 1f) * (SHADES.length - 1);
            int at = Math.min((int) t, SHADES.length - 2);
            for (int c = 0; c < 3; c++) {
                float a = SHADES[at] >> (16 - 8 * c) & 255;
                float b = SHADES[at + 1] >> (16 - 8 * c) & 255;
                planes[c][i] = Float.isNaN(d) ? 0.05f : (a + (t - at) * (b - a)) / 255;
            }
        }
        return Image.of(disparity.width(), disparity.height(), Colour.SRGB, planes);
    }

    private void light(Eye eye) {
        var rows = new ArrayList<List<Shown>>();
        for (String name : DepthPhotos.PORTRAITS) {
            Path photo = data.resolve("rgbd/" + name + "/photo.jpg");
            if (!Files.exists(photo)) {
                continue;
            }
            Image image = DepthPhotos.small(Image.read(photo));
            Depth depth = Depth.read(photo.resolveSibling("depth.png"));
            Scene scene = eye.look(image);
            var row = new ArrayList<>(List.of(new Shown("as taken", image)));
            for (PortraitLight.Preset preset : PortraitLight.Preset.values()) {
                row.add(new Shown(preset.toString(), preset.light().paint(scene, depth)));
            }
            row.add(new Shown("the person keeps colour", new ColourRetention().paint(scene)));
            rows.add(row);
        }
        add(
                "Light and colour",
                "The lamp moves; the face is lit by its mesh, neck and shoulders by the picture's depth. At the end colour retention.",
                rows);
        add(
                "Light, beside the true one",
                "Faces of Extended Yale B: as lit, moved to another lamp, and what that lamp really does.",
                rows(LightBench.examples(data, eye), 6));
    }

    private void video(Eye eye) {
        List<Path> film = MatteBench.pictures(data.resolve("video/davis/parkour"));
        var shown = new ArrayList<Shown>();
        Tracker<Frame, Scene> watch = eye.watch();
        Tracker<Scene, Scene> blur = new BackgroundBlur(2).live();
        for (int i = 0; i < Math.min(2 * FRAMES, film.size()); i++) {
            Image picture = Image.read(film.get(i)).to(Colour.SRGB);
            Image image = new Resize(960, Math.round(960f * picture.height() / picture.width())).apply(picture);
            Scene scene = watch.next(Frame.of(image, Duration.ofMillis(40L * i), "film"));
            Image blurred = blur.next(scene).image();
            if (i % FRAMES == FRAMES - 1) {
                shown.add(new Shown("frame " + (i + 1), image));
                shown.add(new Shown("colour retention", new ColourRetention().paint(scene)));
                shown.add(new Shown("background blur, f/2", blurred));
            }
        }
        add("Video", "The person's matte is carried along the optical flow; a video needs no depth.", rows(shown, 3));
    }
}
