package dev.fovea.photo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A small picture that shall look as it did: a sheet before a wall with lamps, through an iris of six blades. */
class BokehGoldenTest {
    private static final int W = 96;
    private static final int H = 72;
    private static final double TOLERANCE = 2.5 / 255;

    @Test
    void lampsBehindASheetLookAsTheyDid() throws IOException {
        Image now = picture();
        Path file = Files.createTempFile("bokeh", ".png");
        try (var in = BokehGoldenTest.class.getResourceAsStream("bokeh.png")) {
            Files.write(file, Objects.requireNonNull(in).readAllBytes());
        }
        Image then = Image.read(file);
        double worst = 0;
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < W * H; i++) {
                worst = Math.max(worst, Math.abs(now.plane(c)[i] - then.plane(c)[i]));
            }
        }
        if (worst > TOLERANCE) {
            beside(then, now).write(file);
        } else {
            Files.delete(file);
        }
        assertThat(worst).as("%s shows expected, actual and difference", file).isLessThan(TOLERANCE);
    }

    static Image picture() {
        var scene = new SheetAndWall(W, H, 9, 2);
        Image picture = scene.picture();
        var lit = new float[3][];
        for (int c = 0; c < 3; c++) {
            lit[c] = picture.plane(c).clone();
            for (int i = 0; i < lit[c].length; i++) {
                boolean lamp = i % W % 16 < 2 && i / W % 16 < 2 && !scene.sheet(i % W, i / W);
                lit[c][i] = lamp ? 1 : lit[c][i] / 3;
            }
        }
        return new Bokeh(9, 1.6, new Lens(6, 0.5, 0.5))
                .apply(Image.of(W, H, Colour.LINEAR, lit), scene.disparity())
                .to(Colour.SRGB);
    }

    private static Image beside(Image then, Image now) {
        var out = new float[3][3 * W * H];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < W * H; i++) {
                int at = i / W * 3 * W + i % W;
                out[c][at] = then.plane(c)[i];
                out[c][at + W] = now.plane(c)[i];
                out[c][at + 2 * W] = Math.clamp(0.5f + 4 * (now.plane(c)[i] - then.plane(c)[i]), 0f, 1f);
            }
        }
        return Image.of(3 * W, H, Colour.SRGB, out);
    }
}
