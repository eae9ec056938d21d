package dev.fovea.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks the native library once into a folder of ours; left alone, ONNX Runtime would unpack 28 MB into a new folder at every start.
 * Where that folder cannot be written, it still does.
 */
final class NativeCache {
    private static final String PATH = "onnxruntime.native.path";
    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

    private NativeCache() {}

    /** Points ONNX Runtime to the unpacked library, unless the user has pointed it elsewhere. */
    static synchronized void prepare() {
        if (System.getProperty(PATH) != null) {
            return;
        }
        try {
            Path folder = home().resolve("onnxruntime-" + version() + "-" + platform());
            if (unpacked(folder)) {
                System.setProperty(PATH, folder.toString());
            }
        } catch (IOException | SecurityException e) {
            // A cache that cannot be written is no reason not to run.
            System.clearProperty(PATH);
        }
    }

    /** The folder is filled beside its place and renamed: who finds it finds it whole. */
    static boolean unpacked(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return LIBRARIES.stream().allMatch(l -> Files.isRegularFile(folder.resolve(System.mapLibraryName(l))));
        }
        Files.createDirectories(folder.getParent());
        Path beside = Files.createTempDirectory(folder.getParent(), "unpacking");
        try {
            for (String library : LIBRARIES) {
                String file = System.mapLibraryName(library);
                try (InputStream in = resource(file)) {
                    if (in == null) {
                        return false; // not a platform that the jar has libraries for
                    }
                    Files.copy(in, beside.resolve(file));
                }
            }
            Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
            return true; // another process was faster
        } finally {
            delete(beside);
        }
    }

    private static @Nullable InputStream resource(String file) {
        return OrtEnvironment.class.getResourceAsStream("/ai/onnxruntime/native/" + platform() + "/" + file);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            for (String library : LIBRARIES) {
                Files.deleteIfExists(folder.resolve(System.mapLibraryName(library)));
            }
            Files.delete(folder);
        }
    }

    private static Path home() {
        String cache = System.getenv("XDG_CACHE_HOME");
        return cache == null || cache.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache", "fovea")
                : Path.of(cache, "fovea");
    }

    private static String version() {
        return Objects.requireNonNullElse(OrtEnvironment.class.getPackage().getImplementationVersion(), "unknown");
    }

    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String system = os.contains("win") ? "win" : os.contains("mac") ? "osx" : "linux";
        return system + "-" + (arch.equals("amd64") || arch.equals("x86_64") ? "x64" : arch);
    }
}
