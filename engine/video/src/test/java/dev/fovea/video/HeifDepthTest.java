package dev.fovea.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.BadInput;
import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.space.Depth;
import dev.fovea.space.DepthMap;
import dev.fovea.space.Disparity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Depth as an auxiliary picture of a HEIC file, in files made for it. */
class HeifDepthTest {
    private static final String XMP = """
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:apdi="http://ns.apple.com/pixeldatainfo/1.0/"
              apdi:AuxiliaryImageType="%s" apdi:FloatMinValue="0.5" apdi:FloatMaxValue="2.5"/></rdf:RDF></x:xmpmeta>
            """;

    @TempDir
    private Path folder;

    private Path file(String kind, String xmp, Integer... properties) throws IOException {
        var heif = new HeifBuilder();
        int picture = heif.grid(180, 100, properties);
        var kinds = heif.property("auxC", HeifBuilder.joined(HeifBuilder.ints(0), HeifBuilder.latin(kind + "\0")));
        int depth = heif.grid(180, 100, kinds);
        heif.reference("auxl", depth, List.of(picture));
        if (!xmp.isEmpty()) {
            heif.reference("cdsc", heif.item("mime", xmp.getBytes(StandardCharsets.UTF_8)), List.of(depth));
        }
        return Files.write(folder.resolve("photo.heic"), heif.file("heic", picture));
    }

    @ParameterizedTest
    @ValueSource(strings = {"urn:mpeg:hevc:2015:auxid:2", "urn:com:apple:photo:2020:aux:disparity"})
    void disparityBecomesMetres(String kind) throws IOException {
        Path file = file(kind, XMP.formatted("disparity"));
        DepthMap depth = (DepthMap) Depth.read(file);
        float[] grey = Image.read(file).to(Colour.GREY).plane(0);
        assertThat(depth.width()).isEqualTo(180);
        int bright = 0, dark = 0;
        for (int i = 0; i < grey.length; i++) {
            assertThat(depth.metres()[i]).isBetween(0.399f, 2.001f);
            bright = grey[i] > grey[bright] ? i : bright;
            dark = grey[i] < grey[dark] ? i : dark;
        }
        assertThat(depth.metres()[bright]).isLessThan(depth.metres()[dark]);
    }

    @Test
    void metresStayMetres() throws IOException {
        DepthMap depth = (DepthMap) Depth.read(file("urn:mpeg:hevc:2015:auxid:2", XMP.formatted("depth")));
        for (float metres : depth.metres()) {
            assertThat(metres).isBetween(0.499f, 2.501f);
        }
    }

    @Test
    void withoutADescriptionWhiteIsNear() throws IOException {
        assertThat(Depth.read(file("urn:mpeg:hevc:2015:auxid:2", ""))).isInstanceOf(Disparity.class);
    }

    @Test
    void aPictureWithoutDepthIsToldSo() throws IOException {
        Path file = file("urn:mpeg:hevc:2015:auxid:1", "");
        assertThatThrownBy(() -> Depth.read(file))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("carries no depth");
    }
}
