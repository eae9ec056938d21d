package dev.fovea.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of the unpacked native library. */
class NativeCacheTest {
    @TempDir
    Path temp;

    @Test
    void theLibraryIsUnpackedOnceAndWhole() throws IOException {
        Path folder = temp.resolve("cache/onnxruntime");
        assumeTrue(NativeCache.unpacked(folder), "the jar has no library for this platform");
        assertThat(folder.toFile().list()).hasSize(2);
        assertThat(folder.getParent().toFile().list()).containsExactly("onnxruntime");
        var made = Files.getLastModifiedTime(folder);
        assertThat(NativeCache.unpacked(folder)).isTrue();
        assertThat(Files.getLastModifiedTime(folder)).isEqualTo(made);
    }

    @Test
    void aFolderThatLacksAFileIsNotUsed() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("onnxruntime"));
        Files.createFile(folder.resolve(System.mapLibraryName("onnxruntime")));
        assertThat(NativeCache.unpacked(folder)).isFalse();
    }

    @Test
    void aCacheThatCannotBeWrittenIsToldApart() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        assertThatThrownBy(() -> NativeCache.unpacked(file.resolve("onnxruntime")))
                .isInstanceOf(IOException.class);
    }
}
