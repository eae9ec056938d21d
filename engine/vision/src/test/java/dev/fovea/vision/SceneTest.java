package dev.fovea.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.BadInput;
import dev.fovea.image.Image;
import dev.fovea.model.ModelStore;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneTest {
    private final Eye eye = Eye.with(new DiscNets());

    private record Counted(AtomicInteger looks, String what) implements Sight<String> {
        @Override
        public String look(Scene scene, Nets nets) {
            looks.incrementAndGet();
            return what + " of " + scene.faces().size() + " faces";
        }
    }

    @Test
    void whatWasSeenOnceIsRemembered() {
        Scene scene = eye.look(Discs.picture(100, 80, new double[] {50, 40, 20}));
        var looks = new AtomicInteger();
        assertThat(scene.see(new Counted(looks, "hats"))).isEqualTo("hats of 1 faces");
        assertThat(scene.see(new Counted(looks, "hats"))).isEqualTo("hats of 1 faces");
        assertThat(looks).hasValue(1);
        scene.see(new Counted(looks, "shoes"));
        assertThat(looks).hasValue(2);
    }

    @Test
    void aSceneKeepsItsPicture() {
        Image image = Discs.picture(30, 20);
        assertThat(eye.look(image).image()).isSameAs(image);
        assertThat(eye.look(image).width()).isEqualTo(30);
    }

    @Test
    void anEyeWithoutItsNetworksSaysSo(@TempDir Path folder) {
        Thread here = Thread.currentThread();
        ClassLoader usual = here.getContextClassLoader();
        here.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try (var blind = Eye.open(ModelStore.of(folder))) {
            Scene scene = blind.look(Discs.picture(10, 10));
            assertThatThrownBy(scene::faces).isInstanceOf(BadInput.class).hasMessageContaining("face-detector");
        } finally {
            here.setContextClassLoader(usual);
        }
    }

    @Test
    void aClosedEyeSeesNothingNew(@TempDir Path folder) {
        Eye shut = Eye.open(ModelStore.of(folder));
        Scene scene = shut.look(Discs.picture(10, 10));
        shut.close();
        shut.close();
        assertThatThrownBy(scene::faces).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aDrawingKeepsThePictureWhereThereIsNothing() {
        Image image = Discs.picture(64, 48);
        Image drawn = new Overlay().apply(eye.look(image));
        assertThat(drawn.width()).isEqualTo(64);
        for (int i = 0; i < 64 * 48; i++) {
            assertThat(Math.abs(drawn.plane(0)[i] - image.plane(0)[i])).isLessThan(0.003f);
        }
    }

    @Test
    void aDrawingShowsTheFace() {
        Image image = Discs.picture(320, 240, new double[] {160, 120, 70});
        Image drawn = new Overlay().apply(eye.look(image));
        int changed = 0;
        for (int i = 0; i < 320 * 240; i++) {
            boolean inside = Math.hypot(i % 320 - 160, i / 320 - 120) < 60;
            changed += inside && Math.abs(drawn.plane(1)[i] - image.plane(1)[i]) > 0.05f ? 1 : 0;
        }
        assertThat(changed).isBetween(2000, 10_000);
    }

    @Test
    void aDrawingLetsStepBackWhatIsNoPerson() {
        Image image = Discs.picture(320, 240, new double[] {160, 120, 70});
        Image drawn = new Overlay().apply(eye.look(image));
        assertThat(drawn.plane(0)[0]).isBetween(0.4f * image.plane(0)[0], 0.8f * image.plane(0)[0]);
        int outline = 120 * 320 + 160 + 70;
        assertThat(drawn.plane(1)[outline]).isGreaterThan(image.plane(1)[outline] + 0.2f);
    }
}
