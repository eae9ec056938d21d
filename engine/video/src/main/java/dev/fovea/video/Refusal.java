package dev.fovea.video;

import dev.fovea.BadInput;
import dev.fovea.image.Codec;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/** The sentences for files that are no video. */
final class Refusal {
    private static final String CURE = "give a video, such as MP4, MOV, WebM, MKV or AVI";

    private Refusal() {}

    /**
     * Refuses what can be told without FFmpeg.
     *
     * @throws BadInput if there is no file, or it is a picture
     */
    static void check(Path file) {
        String name = file.toString();
        if (!Files.exists(file)) {
            throw new BadInput(name, "does not exist", "check the name");
        }
        if (Files.isDirectory(file)) {
            throw new BadInput(name, "is a folder, not a video", "give the name of a file");
        }
        try {
            byte[] head = head(file);
            if (head.length == 0) {
                throw new BadInput(name, "is empty", "copy it from the camera again");
            }
            Optional<Codec> picture = picture(head, file);
            if (picture.isPresent()) {
                throw new BadInput(name, "is a " + picture.get().name() + " picture, but a video is read here", CURE);
            }
        } catch (AccessDeniedException e) {
            throw new BadInput(name, "may not be read: permission denied", "change its permissions", e);
        } catch (IOException e) {
            throw new BadInput(name, "cannot be read: " + e.getMessage(), "copy it again", e);
        }
    }

    /** The sentence for an error of FFmpeg. */
    static BadInput of(Path file, int code) {
        String name = file.toString();
        try {
            if (Video.known(head(file))) {
                return new BadInput(
                        name, "is a video that is cut off or damaged: its index is missing", "copy it again");
            }
        } catch (IOException e) {
            // then it is what FFmpeg says
        }
        return new BadInput(name, "is no video that is read", CURE);
    }

    static byte[] head(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(Codec.HEAD);
        }
    }

    private static Optional<Codec> picture(byte[] head, Path file) throws IOException {
        for (Codec codec : ServiceLoader.load(Codec.class, Codec.class.getClassLoader())) {
            if (codec.recognises(head, file)) {
                return Optional.of(codec);
            }
        }
        return Optional.empty();
    }
}
