package dev.fovea.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.Tracker;
import dev.fovea.image.Colour;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.model.ModelStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Persons' mattes; to {@link DiscNets} a person is a red disc. */
class PersonTest {
    private static final int W = 320;
    private static final int H = 240;

    private final DiscNets nets = new DiscNets();
    private final Eye eye = Eye.with(nets);

    @ParameterizedTest
    @CsvSource({"1,1", "1,900", "900,1", "64,48", "640,480", "2000,40", "37,411"})
    void aMatteIsGreyOfThePicturesSizeAndWithinItsRange(int w, int h) {
        Image matte = eye.look(Discs.picture(w, h, new double[] {w / 2.0, h / 2.0, h / 3.0}))
                .person();
        assertThat(matte.colour()).isEqualTo(Colour.GREY);
        assertThat(List.of(matte.width(), matte.height())).containsExactly(w, h);
        for (float v : matte.plane(0)) {
            assertThat(v).isBetween(0f, 1f);
        }
    }

    @ParameterizedTest
    @CsvSource({"320,240,1", "640,360,2", "1280,960,4"})
    void aMatteFollowsThePicturesEdges(int w, int h, double scale) {
        double[] disc = {w / 2.0 + 11, h / 2.0 - 7, 60 * scale};
        Image matte = eye.look(Discs.picture(w, h, disc)).person();
        assertThat(overlap(matte, cover(w, h, disc))).isGreaterThan(0.97);
        assertThat(matte.plane(0)[h / 2 * w + w / 2]).isEqualTo(1);
        assertThat(matte.plane(0)[0]).isZero();
    }

    @Test
    void nobodyIsNowhere() {
        for (float v : eye.look(Discs.picture(W, H)).person().plane(0)) {
            assertThat(v).isZero();
        }
    }

    @Test
    void aMirroredPictureHasTheMirroredMatte() {
        Image picture = Discs.picture(W, H, new double[] {90, 100, 50}, new double[] {250, 180, 30});
        Image matte = eye.look(picture).person();
        Image other = mirrored(eye.look(mirrored(picture)).person());
        for (int i = 0; i < W * H; i++) {
            assertThat(other.plane(0)[i]).isCloseTo(matte.plane(0)[i], within(1e-3f));
        }
    }

    @Test
    void pixelsThatAreNoNumbersAreBlack() {
        var planes = new float[3][W * H];
        Arrays.fill(planes[1], Float.NaN);
        for (float v : eye.look(Image.of(W, H, Colour.SRGB, planes)).person().plane(0)) {
            assertThat(v).isZero();
        }
    }

    @Test
    void aWatchedFigureThatMovesFlickersLessAndIsSeenAsWell() {
        nets.doubt = 0.7;
        Tracker<Frame, Scene> watch = eye.watch();
        var steady = new ArrayList<Double>();
        var single = new ArrayList<Double>();
        double steadyOverlap = 0;
        double singleOverlap = 0;
        for (int i = 0; i < 30; i++) {
            double[] disc = {60 + 6 * i, 120, 45};
            Image truth = cover(W, H, disc);
            Frame frame = frame(textured(disc), i);
            Image watched = watch.next(frame).person();
            Image once = eye.look(frame).person();
            steadyOverlap += overlap(watched, truth);
            singleOverlap += overlap(once, truth);
            steady.add(inside(watched, truth));
            single.add(inside(once, truth));
        }
        assertThat(change(steady)).isLessThan(change(single) / 2);
        assertThat(steadyOverlap).isGreaterThan(singleOverlap);
        assertThat(steadyOverlap / 30).isGreaterThan(0.9);
    }

    @Test
    void aFigureThatMovesIsNotLeftBehind() {
        Tracker<Frame, Scene> watch = eye.watch();
        for (int i = 0; i < 20; i++) {
            double[] disc = {50 + 8 * i, 120, 40};
            Image matte = watch.next(frame(textured(disc), i)).person();
            assertThat(overlap(matte, cover(W, H, disc))).isGreaterThan(0.95);
        }
    }

    @Test
    void nothingIsCarriedOverACut() {
        Tracker<Frame, Scene> watch = eye.watch();
        for (int i = 0; i < 5; i++) {
            watch.next(frame(textured(new double[] {100, 120, 60}), i)).person();
        }
        var other = new float[3][W * H];
        var random = new Random(3);
        for (float[] plane : other) {
            for (int y = 0; y < H; y++) {
                Arrays.fill(plane, y * W, (y + 1) * W, y / 12 % 2 == 0 ? 0.9f : random.nextFloat() / 9);
            }
        }
        Image matte = watch.next(frame(Image.of(W, H, Colour.SRGB, other), 5)).person();
        assertThat(mean(matte)).isLessThan(0.01);
    }

    @Test
    void whoIsNotAskedForCostsNothing() {
        Tracker<Frame, Scene> watch = eye.watch();
        var scenes = new ArrayList<Scene>();
        for (int i = 0; i < 6; i++) {
            scenes.add(watch.next(frame(textured(new double[] {100, 120, 60}), i)));
        }
        assertThat(nets.mattes.get()).isZero();
        Image late = scenes.get(5).person();
        assertThat(scenes.get(5).person()).isSameAs(late);
        assertThat(nets.mattes.get()).isEqualTo(1);
        assertThat(mean(scenes.get(2).person())).isCloseTo(mean(late), within(0.01));
    }

    @Test
    void framesMayChangeTheirSizeAndColour() {
        Tracker<Frame, Scene> watch = eye.watch();
        watch.next(frame(textured(new double[] {100, 120, 60}), 0)).person();
        Image tall = Discs.picture(120, 400, new double[] {60, 100, 30});
        assertThat(watch.next(frame(tall, 1)).person().height()).isEqualTo(400);
        Image grey = Image.of(W, H, Colour.GREY, new float[W * H]);
        assertThat(mean(watch.next(Frame.of(grey, Duration.ofSeconds(1), "grey"))
                        .person()))
                .isZero();
    }

    @Test
    void theBundledNetworkAnswersAnySize(@TempDir Path nothing) {
        try (var real = Eye.open(ModelStore.of(nothing))) {
            for (int[] size : new int[][] {{1, 1}, {1, 700}, {333, 77}, {480, 640}}) {
                Image matte = real.look(Discs.picture(size[0], size[1])).person();
                assertThat(mean(matte)).isLessThan(0.05);
            }
        }
    }

    private static Frame frame(Image image, int number) {
        return Discs.frame(image, Duration.ofMillis(40L * number), 3, number);
    }

    /** A disc before a ground with something to hold on to. */
    private static Image textured(double[] disc) {
        Image plain = Discs.picture(W, H, disc);
        float[] cover = cover(W, H, disc).plane(0);
        var planes = new float[3][];
        for (int c = 0; c < 3; c++) {
            planes[c] = plain.plane(c).clone();
            for (int i = 0; i < planes[c].length; i++) {
                double wave = Math.sin(i % W * 0.21 + c) * Math.sin(i / W * 0.17) + 0.5 * Math.sin(i % W * 0.05);
                planes[c][i] += (float) ((1 - cover[i]) * 0.12 * wave);
            }
        }
        return Image.of(W, H, Colour.SRGB, planes);
    }

    private static Image cover(int w, int h, double[] disc) {
        var plane = new float[w * h];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = Math.hypot(i % w - disc[0], i / w - disc[1]) < disc[2] ? 1 : 0;
        }
        return Image.of(w, h, Colour.GREY, plane);
    }

    private static double overlap(Image matte, Image truth) {
        int both = 0;
        int either = 0;
        for (int i = 0; i < truth.plane(0).length; i++) {
            boolean seen = matte.plane(0)[i] > 0.5;
            boolean there = truth.plane(0)[i] > 0.5;
            both += seen && there ? 1 : 0;
            either += seen || there ? 1 : 0;
        }
        return (double) both / either;
    }

    /** The mean of a matte where its truth is 1. */
    private static double inside(Image matte, Image truth) {
        double sum = 0;
        double count = 0;
        for (int i = 0; i < truth.plane(0).length; i++) {
            sum += matte.plane(0)[i] * truth.plane(0)[i];
            count += truth.plane(0)[i];
        }
        return sum / count;
    }

    private static double change(List<Double> values) {
        double sum = 0;
        for (int i = 1; i < values.size(); i++) {
            sum += Math.abs(values.get(i) - values.get(i - 1));
        }
        return sum;
    }

    private static double mean(Image matte) {
        double sum = 0;
        for (float v : matte.plane(0)) {
            sum += v;
        }
        return sum / matte.plane(0).length;
    }

    private static Image mirrored(Image image) {
        int w = image.width();
        var planes = new float[image.colour().planes()][w * image.height()];
        for (int c = 0; c < planes.length; c++) {
            for (int i = 0; i < planes[c].length; i++) {
                planes[c][i] = image.plane(c)[i - i % w + w - 1 - i % w];
            }
        }
        return Image.of(w, image.height(), image.colour(), planes);
    }
}
