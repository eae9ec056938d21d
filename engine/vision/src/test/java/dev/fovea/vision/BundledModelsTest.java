package dev.fovea.vision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.model.Model;
import dev.fovea.model.ModelCard;
import dev.fovea.model.ModelStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every network in the jar must keep. */
class BundledModelsTest {
    private static final int MOST_BYTES = 8 << 20;

    @TempDir
    Path nothing;

    private List<Model> bundled() {
        return ModelStore.of(nothing).models();
    }

    @Test
    void thereIsANetworkForEveryFinder() {
        assertThat(bundled())
                .extracting(Model::task)
                .contains(FaceDetector.TASK, FaceMesh.TASK, PersonLook.TASK, EyeStates.TASK);
    }

    @Test
    void everyModelHasACompleteCardAndItsOwnWeights() {
        for (Model model : bundled()) {
            ModelCard card = model.card().orElseThrow();
            assertThat(card.gaps()).as(model.toString()).isEmpty();
            assertThat(model.weights()).hasSize((int) card.bytes());
            assertThat(card.failsFor()).isNotEmpty();
            assertThat(card.peopleAtRisk()).isNotEmpty();
        }
    }

    @Test
    void togetherTheyAreSmall() {
        assertThat(bundled().stream()
                        .mapToLong(m -> m.card().orElseThrow().bytes())
                        .sum())
                .isLessThan(MOST_BYTES);
    }

    @Test
    void theirTensorsAreThoseThatTheFindersAskFor() {
        try (var nets = new OpenNets(ModelStore.of(nothing))) {
            assertThat(nets.of(FaceDetector.TASK, FaceDetector.In.class, FaceDetector.Out.class))
                    .isNotNull();
            assertThat(nets.of(PersonLook.TASK, PersonLook.In.class, PersonLook.Out.class))
                    .isNotNull();
            assertThat(nets.of(FaceMesh.TASK, FaceMesh.In.class, FaceMesh.Out.class))
                    .isSameAs(nets.of(FaceMesh.TASK, FaceMesh.In.class, FaceMesh.Out.class));
            assertThat(nets.of(EyeStates.TASK, EyeStates.In.class, EyeStates.Out.class))
                    .isNotNull();
        }
    }

    @Test
    void aPictureWithoutFacesHasNone() {
        try (var eye = Eye.open(ModelStore.of(nothing))) {
            assertThat(eye.look(Discs.picture(320, 240)).faces()).isEmpty();
            assertThat(eye.look(Discs.picture(5, 4)).faces()).isEmpty();
            assertThat(eye.look(Discs.picture(1, 900)).faces()).isEmpty();
        }
    }
}
