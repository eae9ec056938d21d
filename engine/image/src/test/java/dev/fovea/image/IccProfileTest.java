package dev.fovea.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Colour profiles: those that are known, those that are converted, those that are broken. */
class IccProfileTest {
    @TempDir
    Path folder;

    @Test
    void ourDisplayP3IsKnownToOthersAndToUs() {
        byte[] icc = IccProfile.displayP3();
        assertThat(IccProfile.colour(icc)).hasValue(Colour.DISPLAY_P3);
        var space = new ICC_ColorSpace(ICC_Profile.getInstance(icc));
        // The red of P3 in XYZ under D50, and a grey that stays grey in sRGB.
        assertThat(space.toCIEXYZ(new float[] {1, 0, 0}))
                .containsExactly(new float[] {0.5151f, 0.2412f, -0.0010f}, Offset.offset(0.002f));
        assertThat(space.toRGB(new float[] {0.5f, 0.5f, 0.5f}))
                .containsExactly(new float[] {0.5f, 0.5f, 0.5f}, Offset.offset(0.005f));
    }

    @Test
    void sRgbIsKnown() {
        byte[] icc = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        assertThat(IccProfile.colour(icc)).hasValue(Colour.SRGB);
    }

    @Test
    void otherProfilesAreConvertedToSrgb() throws IOException {
        // Linear light with the primaries of sRGB: a half of the light is 188 of 255.
        byte[] icc = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        assertThat(IccProfile.colour(icc)).isEmpty();
        Image read = readWith(icc);
        assertThat(read.colour()).isEqualTo(Colour.SRGB);
        assertThat(read.plane(0)[0]).isCloseTo(188 / 255f, Offset.offset(0.006f));
    }

    @Test
    void brokenProfilesArePassedOver() throws IOException {
        byte[] sound = IccProfile.displayP3();
        var random = new Random(9);
        for (int n = 0; n < 300; n++) {
            byte[] icc = sound.clone();
            for (int k = 0; k < 10; k++) {
                icc[random.nextInt(icc.length)] = (byte) random.nextInt();
            }
            assertThat(readWith(java.util.Arrays.copyOf(icc, random.nextInt(icc.length + 1)))
                            .width())
                    .isEqualTo(1);
        }
        assertThat(readWith(new byte[0]).plane(0)[0]).isEqualTo(128 / 255f);
    }

    /** One grey pixel of 128. */
    private Image readWith(byte[] icc) throws IOException {
        var body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {'p', 0, 0});
        try (var out = new DeflaterOutputStream(body)) {
            out.write(icc);
        }
        var pixel = ByteBuffer.wrap(new byte[] {0, (byte) 128, (byte) 128, (byte) 128});
        Path file = folder.resolve("a.png");
        Files.write(file, DamageTest.png(1, 1, pixel.array(), DamageTest.chunk("iCCP", body.toByteArray())));
        return Image.read(file);
    }
}
