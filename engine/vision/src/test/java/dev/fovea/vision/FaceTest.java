package dev.fovea.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.image.Affine2;
import dev.fovea.image.Image;
import dev.fovea.image.Point2;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaceTest {
    private static final double[] AHEAD = {0, 0};
    private static final Sides<EyeState> OPEN = new Sides<>(new EyeState(1, 1), new EyeState(1, 1));

    @ParameterizedTest
    @CsvSource({"0,0,0", "30,0,0", "-30,0,0", "0,20,0", "0,-20,0", "0,0,35", "0,0,-35", "50,-15,20", "-60,25,-10"})
    void theAnglesOfATurnedHeadAreFound(double yaw, double pitch, double roll) {
        HeadPose pose = HeadPose.of(HeadFit.of(turned(yaw, pitch, roll, AHEAD, 0)));
        assertThat(pose.yaw()).isCloseTo(yaw, within(1e-3));
        assertThat(pose.pitch()).isCloseTo(pitch, within(1e-3));
        assertThat(pose.roll()).isCloseTo(roll, within(1e-3));
    }

    @Test
    void aFaceTurnedToTheRightOfThePictureHasItsNoseThere() {
        Landmarks right = turned(30, 0, 0, AHEAD, 0);
        assertThat(right.x(1)).isGreaterThan(right.middle(33, 263).x());
        Landmarks up = turned(0, 30, 0, AHEAD, 0);
        assertThat(up.y(1)).isLessThan(turned(0, 0, 0, AHEAD, 0).y(1));
        Landmarks clockwise = turned(0, 0, 30, AHEAD, 0);
        assertThat(clockwise.y(263)).isGreaterThan(clockwise.y(33));
    }

    @Test
    void poseBearsSomeNoise() {
        HeadPose pose = HeadPose.of(HeadFit.of(turned(20, -10, 5, AHEAD, 1.5)));
        assertThat(pose.yaw()).isCloseTo(20, within(1.0));
        assertThat(pose.pitch()).isCloseTo(-10, within(1.0));
    }

    @ParameterizedTest
    @CsvSource({"0,0,0,0", "20,0,0,0", "0,15,0,0", "15,-10,30,10", "-25,5,-40,-15", "0,0,50,20"})
    void theGazeIsThatOfTheEyesWhereverTheHeadPoints(double yaw, double pitch, double headYaw, double headPitch) {
        Landmarks mesh = turned(headYaw, headPitch, 0, new double[] {yaw, pitch}, 0);
        Gaze gaze = Gaze.of(mesh, HeadFit.of(mesh));
        assertThat(gaze.yaw()).isCloseTo(yaw, within(0.5));
        assertThat(gaze.pitch()).isCloseTo(pitch, within(0.5));
        assertThat(gaze.across().x()).isCloseTo(Math.sin(Math.toRadians(yaw)), within(0.06));
    }

    @Test
    void anAlignedFaceLiesWhereEmbeddingsExpectIt() {
        Face face = face(turned(0, 0, 25, AHEAD, 0));
        Affine2 to = face.alignment(112);
        Point2 left = to.apply(face.points5().get(0));
        Point2 right = to.apply(face.points5().get(1));
        assertThat(left.x()).isCloseTo(38.3, within(4.0));
        assertThat(right.x()).isCloseTo(73.5, within(4.0));
        assertThat(right.y()).isCloseTo(left.y(), within(0.5));
        assertThat(face.alignment(224).apply(face.points5().get(0)).x()).isCloseTo(2 * left.x() + 0.5, within(1e-6));
    }

    @Test
    void theAlignedPictureShowsTheFace() {
        Scene scene = Eye.with(new DiscNets()).look(Discs.picture(900, 700, new double[] {300, 400, 200}));
        Face face = scene.faces().getFirst();
        Image aligned = scene.aligned(face, 112);
        assertThat(aligned.width()).isEqualTo(112);
        assertThat(aligned.plane(0)[56 * 112 + 56]).isCloseTo(0.95f, within(0.02f));
        assertThat(aligned.plane(1)[56 * 112 + 56]).isCloseTo(0.05f, within(0.02f));
    }

    @Test
    void aCollapsedMeshGivesNumbersNotFailures() {
        Face face = face(new Landmarks(new float[3 * Landmarks.COUNT]));
        assertThat(face.pose().yaw()).isFinite();
        assertThat(face.gaze().yaw()).isFinite();
        assertThat(face.mouth()).isFinite();
        assertThat(face.alignment(112).a()).isFinite();
    }

    @Test
    void qualityFallsWithSizeBlurLightAndPose() {
        var sharp = new float[3 * 128 * 128];
        var soft = new float[3 * 128 * 128];
        var dark = new float[3 * 128 * 128];
        var random = new Random(3);
        for (int i = 0; i < sharp.length; i++) {
            sharp[i] = 0.5f + 0.2f * random.nextFloat();
            soft[i] = (float) (0.5 + 0.2 * Math.sin(i % 128 / 20.0) * Math.sin(i / 128 / 20.0));
            dark[i] = 0.05f * sharp[i];
        }
        var ahead = new HeadPose(0, 0, 0);
        Quality good = Quality.of(sharp, 80, ahead);
        assertThat(good.overall()).isGreaterThan(0.9);
        assertThat(Quality.of(sharp, 10, ahead).size()).isLessThan(0.3);
        assertThat(Quality.of(soft, 80, ahead).blur()).isLessThan(0.3);
        assertThat(Quality.of(dark, 80, ahead).light()).isLessThan(0.2);
        assertThat(Quality.of(sharp, 80, new HeadPose(60, 0, 0)).pose()).isCloseTo(0.5, within(1e-9));
        assertThat(Quality.of(new float[3 * 128 * 128], 80, ahead).overall()).isZero();
    }

    private static Face face(Landmarks mesh) {
        return Face.of(0, mesh.box(), 1, mesh, OPEN, new float[3 * 128 * 128]);
    }

    /** The average face, turned, its eyes on a target of so many degrees, at 12 pixels a centimetre. */
    static Landmarks turned(double yaw, double pitch, double roll, double[] gaze, double noise) {
        double[] r = rotation(Math.toRadians(yaw), Math.toRadians(pitch), Math.toRadians(roll));
        var random = new Random(5);
        var values = new float[3 * Landmarks.COUNT];
        for (int i = 0; i < Landmarks.COUNT; i++) {
            double[] p = at(
                    r, CanonicalFace.POINTS[3 * i], CanonicalFace.POINTS[3 * i + 1], CanonicalFace.POINTS[3 * i + 2]);
            put(values, i, p, noise, random);
        }
        double cos = Math.cos(Math.toRadians(gaze[1]));
        double[] towards = {
            Math.sin(Math.toRadians(gaze[0])) * cos,
            Math.sin(Math.toRadians(gaze[1])),
            Math.cos(Math.toRadians(gaze[0])) * cos
        };
        for (int eye = 0; eye < 2; eye++) {
            double[] ball = at(r, eye == 0 ? -Gaze.OUT : Gaze.OUT, Gaze.UP, -Gaze.BACK);
            int[] corners = eye == 0 ? FaceMesh.LEFT_CORNERS : FaceMesh.RIGHT_CORNERS;
            for (int k = 0; k < 3; k++) {
                double middle = 0;
                for (int c : corners) {
                    middle += at(
                                    r,
                                    CanonicalFace.POINTS[3 * c],
                                    CanonicalFace.POINTS[3 * c + 1],
                                    CanonicalFace.POINTS[3 * c + 2])[k]
                            / 2;
                }
                ball[k] += middle + Gaze.RADIUS * towards[k];
            }
            put(values, 468 + 5 * eye, ball, 0, random);
        }
        return new Landmarks(values);
    }

    private static void put(float[] values, int i, double[] p, double noise, Random random) {
        values[3 * i] = (float) (200 + 12 * p[0] + noise * random.nextGaussian());
        values[3 * i + 1] = (float) (150 - 12 * p[1] + noise * random.nextGaussian());
        values[3 * i + 2] = (float) (-12 * p[2] + noise * random.nextGaussian());
    }

    private static double[] at(double[] r, double x, double y, double z) {
        return new double[] {
            r[0] * x + r[1] * y + r[2] * z, r[3] * x + r[4] * y + r[5] * z, r[6] * x + r[7] * y + r[8] * z
        };
    }

    /** Ry(yaw) Rx(-pitch) Rz(-roll). */
    private static double[] rotation(double yaw, double pitch, double roll) {
        double cy = Math.cos(yaw), sy = Math.sin(yaw), cp = Math.cos(-pitch), sp = Math.sin(-pitch);
        double cr = Math.cos(-roll), sr = Math.sin(-roll);
        return new double[] {
            cy * cr + sy * sp * sr,
            -cy * sr + sy * sp * cr,
            sy * cp,
            cp * sr,
            cp * cr,
            -sp,
            -sy * cr + cy * sp * sr,
            sy * sr + cy * sp * cr,
            cy * cp
        };
    }
}
