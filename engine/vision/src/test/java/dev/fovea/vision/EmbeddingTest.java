package dev.fovea.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.BadInput;
import dev.fovea.Stage;
import dev.fovea.image.Affine2;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.image.Warp;
import dev.fovea.model.Catalogue;
import dev.fovea.model.Listing;
import dev.fovea.model.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faces as numbers, on drawn ones: by the bundled network, and by one with the tensors of SFace. */
class EmbeddingTest {
    private static final double[] DISC = {60, 50, 30};

    @TempDir
    Path folder;

    private OpenNets nets = new OpenNets(ModelStore.of(Path.of("nothing")));

    @BeforeEach
    void open() {
        nets = new OpenNets(ModelStore.of(folder));
    }

    @AfterEach
    void close() {
        nets.close();
    }

    /** Finds discs, but knows them by real networks. */
    private record Finding(Nets discs, Nets known) implements Nets {
        @Override
        public <I extends Record, O extends Record> Stage<I, O> of(String task, Class<I> in, Class<O> out) {
            return (task.equals(FaceEmbedder.TASK) ? known : discs).of(task, in, out);
        }

        @Override
        public <I extends Record, O extends Record> Stage<I, O> named(String name, Class<I> in, Class<O> out) {
            return known.named(name, in, out);
        }

        @Override
        public String best(String task) {
            return known.best(task);
        }
    }

    private Scene scene(OpenNets known, double[]... discs) {
        return Eye.with(new Finding(new DiscNets(), known)).look(Discs.picture(200, 100, discs));
    }

    private FaceEmbedder.Own.Out seen(Image aligned) {
        int n = FaceEmbedder.SIZE * FaceEmbedder.SIZE;
        var planes = new float[3 * n];
        for (int c = 0; c < 3; c++) {
            System.arraycopy(aligned.plane(c), 0, planes, c * n, n);
        }
        return nets.of(FaceEmbedder.TASK, FaceEmbedder.Own.In.class, FaceEmbedder.Own.Out.class)
                .apply(new FaceEmbedder.Own.In(planes));
    }

    private Embedding known(Image aligned) {
        FaceEmbedder.Own.Out out = seen(aligned);
        return Embedding.of(out.embedding(), out.quality()[0], "likeness");
    }

    /** Strokes are no photographs, which the network was made for: one comparison of ten may go wrong. */
    @Test
    void drawnPeopleAreMoreLikeThemselvesThanLikeOthersNineTimesOfTen() {
        int right = 0;
        int all = 0;
        for (int person = 1; person <= 6; person++) {
            Embedding one = known(DrawnPerson.of(person, 1));
            double self = one.similarity(known(DrawnPerson.of(person, 2)));
            for (int other = 1; other <= 6; other++) {
                if (other != person) {
                    all++;
                    right += self > one.similarity(known(DrawnPerson.of(other, 1))) ? 1 : 0;
                }
            }
        }
        assertThat((double) right / all).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void theMirrorShowsTheSamePerson() {
        Image face = DrawnPerson.of(3, 1);
        Image mirrored = new Warp(new Affine2(-1, 0, 111, 0, 1, 0), 112, 112, Warp.Sampling.BILINEAR).apply(face);
        assertThat(known(face).similarity(known(mirrored))).isGreaterThan(0.999);
    }

    @Test
    void numbersAreOfUnitLengthAndFiniteWhateverIsSeen() {
        for (float grey : new float[] {0, 0.5f, 1}) {
            var plane = new float[112 * 112];
            Arrays.fill(plane, grey);
            FaceEmbedder.Own.Out out = seen(Image.of(112, 112, Colour.SRGB, plane, plane, plane));
            double length = 0;
            for (float v : out.embedding()) {
                length += v * v;
            }
            assertThat(out.embedding()).hasSize(256);
            assertThat(length).isCloseTo(1, within(1e-3));
            assertThat(out.quality()[0]).isBetween(0f, (float) Embedding.WORTH);
        }
    }

    @Test
    void everyFaceOfASceneHasItsOwn() {
        Scene scene = scene(nets, DISC, new double[] {150, 50, 24});
        List<Embedding> embeddings = scene.see(new Embeddings());
        assertThat(embeddings)
                .hasSize(2)
                .allSatisfy(e -> assertThat(e.network()).isEqualTo("likeness"));
        assertThat(scene(nets).see(new Embeddings())).isEmpty();
    }

    @Test
    void aFaceOfTenPixelsIsNotWorthComparing() {
        assertThat(scene(nets, new double[] {60, 50, 10}).see(new Embeddings()))
                .singleElement()
                .satisfies(e -> assertThat(e.quality()).isLessThan(0.05));
    }

    @Test
    void sfaceOfThePublicTierIsAskedByName() throws IOException {
        try (var withSface = new OpenNets(store())) {
            Scene scene = scene(withSface, DISC);
            Embedding sface = scene.see(new Embeddings("sface")).getFirst();
            Image aligned = scene.aligned(scene.faces().getFirst(), 112);
            float[] red = Arrays.copyOf(aligned.plane(0), 128);
            assertThat(sface.similarity(Embedding.of(red, 1, "sface"))).isCloseTo(1, within(1e-6));
            Embedding own = scene.see(new Embeddings()).getFirst();
            assertThat(own.network()).isEqualTo("likeness");
            assertThatThrownBy(() -> own.similarity(sface))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("sface");
        }
    }

    @Test
    void whatIsNotHereSaysHowToGetIt() {
        assertThatThrownBy(() -> scene(nets, DISC).see(new Embeddings("sface")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("models pull sface");
        assertThatThrownBy(() -> scene(nets, DISC).see(new Embeddings("face-mesh")))
                .isInstanceOf(BadInput.class);
    }

    @Test
    void numbersThatAreNoneAreWorthNothing() {
        assertThat(Embedding.of(new float[128], 1, "x").quality()).isZero();
        assertThat(Embedding.of(new float[] {Float.NaN, 1}, 1, "x").quality()).isZero();
        assertThatThrownBy(() -> new Embedding(new float[] {1, 1}, 1, "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Embedding(new float[] {1, 0}, 1.5, "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A store into which a stand-in for SFace was pulled. */
    private ModelStore store() throws IOException {
        byte[] weights = SlicingNet.onnx();
        Files.write(folder.resolve("face.onnx"), weights);
        var listing = new Listing(
                "sface",
                FaceEmbedder.TASK,
                "A stand-in.",
                "MIT",
                "face/face.onnx",
                weights.length,
                sha256(weights),
                List.of(0.0, 255.0));
        return ModelStore.of(folder, new Catalogue("us", "https://localhost/", "%s", List.of(listing)));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
