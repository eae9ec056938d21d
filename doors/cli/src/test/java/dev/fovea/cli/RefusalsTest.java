package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.image.Encoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be done is said in one sentence that names the file; nothing is written and no input is touched. */
class RefusalsTest {
    @TempDir
    Path folder;

    /** A bad input: how it comes about, and the file that the sentence must name. */
    private enum Bad {
        MIXED_SIZES("b.jpg") {
            @Override
            void make(Path in) throws IOException {
                Pictures.lamp(48, 40).write(in.resolve("a.jpg"));
                Pictures.lamp(40, 48).write(in.resolve("b.jpg"));
            }
        },
        MIXED_CAMERAS("b.jpg") {
            @Override
            void make(Path in) throws IOException {
                Pictures.lamp(48, 40).write(in.resolve("a.jpg"), Pictures.takenWith("One"), Encoding.NORMAL);
                Pictures.lamp(48, 40).write(in.resolve("b.jpg"), Pictures.takenWith("Other"), Encoding.NORMAL);
            }
        },
        TRUNCATED_JPEG("b.jpg") {
            @Override
            void make(Path in) throws IOException {
                Pictures.lamp(48, 40).write(in.resolve("a.jpg"));
                truncated(in.resolve("b.jpg"));
            }
        },
        TRUNCATED_PNG("a.png") {
            @Override
            void make(Path in) throws IOException {
                truncated(in.resolve("a.png"));
            }
        },
        TRUNCATED_TIFF("a.tif") {
            @Override
            void make(Path in) throws IOException {
                truncated(in.resolve("a.tif"));
            }
        },
        TRUNCATED_DNG("a.dng") {
            @Override
            void make(Path in) throws IOException {
                Path whole = in.resolve("a.dng");
                Pictures.raw(48, 40).write(whole);
                Files.write(whole, Arrays.copyOf(Files.readAllBytes(whole), (int) Files.size(whole) / 2));
            }
        },
        RAW_AMONG_PICTURES("b.png") {
            @Override
            void make(Path in) throws IOException {
                Pictures.raw(48, 40).write(in.resolve("a.dng"));
                Pictures.lamp(48, 40).write(in.resolve("b.png"));
            }

            @Override
            List<String> inputs(Path in) {
                return List.of(
                        in.resolve("a.dng").toString(), in.resolve("b.png").toString());
            }
        },
        ALL_BLACK("a.png") {
            @Override
            void make(Path in) throws IOException {
                Pictures.black(48, 40).write(in.resolve("a.png"));
                Pictures.black(48, 40).write(in.resolve("b.png"));
            }
        },
        TEXT_NAMED_JPG("a.jpg") {
            @Override
            void make(Path in) throws IOException {
                Files.writeString(in.resolve("a.jpg"), "This is a letter, not a picture.");
            }
        },
        EMPTY_FILE("a.jpg") {
            @Override
            void make(Path in) throws IOException {
                Files.createFile(in.resolve("a.jpg"));
            }
        },
        NO_PICTURES("in") {
            @Override
            void make(Path in) throws IOException {
                Files.writeString(in.resolve("letter.txt"), "Dear Sir");
            }
        },
        EMPTY_FOLDER("in") {
            @Override
            void make(Path in) {}
        },
        MISSING_FILE("nowhere.jpg") {
            @Override
            void make(Path in) {}

            @Override
            List<String> inputs(Path in) {
                return List.of(in.resolve("nowhere.jpg").toString());
            }
        },
        HUGE_PNG("a.png") {
            @Override
            void make(Path in) throws IOException {
                Files.write(in.resolve("a.png"), Pictures.pngThatPromises(40_000, 40_000));
            }
        },
        HUGE_JPEG("a.jpg") {
            @Override
            void make(Path in) throws IOException {
                Pictures.lamp(48, 40).write(in.resolve("a.jpg"));
                Files.write(in.resolve("a.jpg"), Pictures.jpegThatPromises(in.resolve("a.jpg"), 40_000, 40_000));
            }
        },
        BOMB("a.png") {
            @Override
            void make(Path in) throws IOException {
                Files.write(in.resolve("a.png"), Pictures.pngThatPromises(Integer.MAX_VALUE, Integer.MAX_VALUE));
            }
        },
        VIDEO("a.mp4") {
            @Override
            void make(Path in) throws IOException {
                Files.write(
                        in.resolve("a.mp4"),
                        "\0\0\0\040ftypisom\0\0\2\0isomiso2avc1mp41\0\0\0\010free"
                                .getBytes(StandardCharsets.ISO_8859_1));
            }

            @Override
            List<String> inputs(Path in) {
                return List.of(in.resolve("a.mp4").toString());
            }
        };

        private final String named;

        Bad(String named) {
            this.named = named;
        }

        abstract void make(Path in) throws IOException;

        List<String> inputs(Path in) {
            return List.of(in.toString());
        }

        private static void truncated(Path file) throws IOException {
            Pictures.lamp(48, 40).write(file);
            Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) / 2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void badInputIsOneSentence(Bad bad) throws IOException {
        Path in = Files.createDirectory(folder.resolve("in"));
        bad.make(in);
        Map<String, Integer> before = contents();
        var words = new java.util.ArrayList<>(List.of("night"));
        words.addAll(bad.inputs(in));
        words.addAll(List.of("-o", folder.resolve("night.jpg").toString()));
        Ran ran = Ran.fovea(words.toArray(String[]::new));
        ran.refuses(bad.named);
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void theOutputMayNotBeAnInput() throws IOException {
        Path in = burst();
        Map<String, Integer> before = contents();
        Ran.fovea("night", in.toString(), "-o", in.resolve("a.png").toString()).refuses("a.png");
        Ran.fovea(
                        "night",
                        in.resolve("a.png").toString(),
                        "-o",
                        in.resolve("a.png").toString())
                .refuses("a.png");
        Path link = Files.createSymbolicLink(folder.resolve("link.png"), in.resolve("a.png"));
        Ran.fovea("night", in.resolve("a.png").toString(), "-o", link.toString())
                .refuses("link.png");
        Files.delete(link);
        assertThat(contents()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere/night.jpg", "night", "night.xyz", "in", "night.jpg/", "in/letter.txt/night.jpg"})
    void aTargetThatCannotBeWrittenIsRefusedBeforeTheWork(String target) throws IOException {
        Path in = burst();
        Files.writeString(in.resolve("letter.txt"), "Dear Sir");
        Map<String, Integer> before = contents();
        Ran ran = Ran.fovea("night", in.toString(), "-o", folder + "/" + target);
        if (target.endsWith("/")) {
            assertThat(ran.code()).isZero(); // Java's paths end without a slash: an ordinary night.jpg
            return;
        }
        ran.refuses(Path.of(target).getFileName().toString());
        assertThat(ran.err()).doesNotContain("%");
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void aFolderThatRefusesNewFilesIsRefusedBeforeTheWork() throws IOException {
        Path in = burst();
        Path locked = Files.createDirectory(folder.resolve("locked"));
        assumeTrue(locked.toFile().setWritable(false) && !Files.isWritable(locked), "nothing is locked for this user");
        Ran.fovea("night", in.toString(), "-o", locked.resolve("night.jpg").toString())
                .refuses("night.jpg");
    }

    @Test
    void aDeviceIsNoTarget() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")));
        Ran.fovea("night", burst().toString(), "-o", "/dev/full").refuses("/dev/full");
        assertThat(Path.of("/dev/full")).exists();
    }

    @Test
    void pictureTargetsOfDngAreRefused() throws IOException {
        Ran.fovea("night", burst().toString(), "-o", folder.resolve("night.dng").toString())
                .refuses("night.dng");
    }

    /** A limit on the size of files stands in for a full disk: the write that would pass it fails in the same way. */
    @Test
    void aFullDiskIsOneSentenceAndLeavesNothing() throws Exception {
        Path in = Files.createDirectory(folder.resolve("in"));
        Pictures.noise(400, 300).write(in.resolve("a.png"));
        Map<String, Integer> before = contents();
        Ran ran = Ran.process(
                "ulimit -f 8; exec \"$0\" \"$@\"",
                "night",
                in.toString(),
                "-o",
                folder.resolve("night.png").toString());
        ran.refuses("night.png");
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void tooLittleMemoryIsOneSentence() throws Exception {
        Path in = Files.createDirectory(folder.resolve("in"));
        Pictures.noise(2000, 1500).write(in.resolve("a.png"));
        Map<String, Integer> before = contents();
        Ran ran = Ran.process(
                "exec \"$0\" -Xmx24m \"$@\"",
                "night",
                in.toString(),
                "-o",
                folder.resolve("night.png").toString());
        assertThat(ran.complaints()).as(ran.err()).hasSize(1);
        assertThat(ran.complaints().getFirst())
                .contains("memory")
                .contains("-Xmx")
                .endsWith(".");
        assertThat(ran.code()).isIn(Main.BAD_INPUT, Main.FAULT);
        assertThat(contents()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nigth in -o out.jpg",
                "night",
                "night in",
                "night -o out.jpg",
                "night in -o out.jpg --lok natural",
                "night in -o out.jpg --look pretty",
                "night in -o out.jpg --reference one",
                "night in -o out.jpg --reference -1",
                "night in -o out.jpg --reference 7",
                "night in -o out.jpg --exposures 1/0",
                "night in -o out.jpg --exposures 1/30,fast",
                "night in -o out.jpg --exposures 1/30",
                "night in -o out.jpg --quality 0",
                "night in -o out.jpg --bits 12",
                "night in -o out.jpg --threads 0",
                "sample",
                "sample burst",
                "sample burst out --size 640",
                "sample burst out --size 0x0",
                "sample burst out --frames 0",
                "sample stereo",
                "sample stereo out --size 8x8",
                "depth",
                "depth a.jpg",
                "depth a.jpg b.jpg",
                "depth a.jpg b.jpg -o c.xyz"
            })
    void wrongUseIsOneSentence(String line) throws IOException {
        Path in = burst();
        String[] words = Arrays.stream(line.split(" "))
                .map(w -> w.equals("in")
                        ? in.toString()
                        : w.startsWith("out") ? folder.resolve(w).toString() : w)
                .toArray(String[]::new);
        Ran ran = Ran.fovea(words);
        if (line.equals("sample")) {
            assertThat(ran.code()).isZero();
            assertThat(ran.out()).contains("burst");
            return;
        }
        ran.refuses("");
        assertThat(ran.code()).isEqualTo(Main.WRONG_USE);
        assertThat(folder.resolve("out.jpg")).doesNotExist();
    }

    private Path burst() throws IOException {
        Path in = Files.createDirectory(folder.resolve("in"));
        for (String name : List.of("a.png", "b.png", "c.png")) {
            Pictures.lamp(48, 40).write(in.resolve(name));
        }
        return in;
    }

    private Map<String, Integer> contents() throws IOException {
        var contents = new TreeMap<String, Integer>();
        try (var files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                contents.put(
                        folder.relativize(file).toString(),
                        Files.isRegularFile(file) ? Arrays.hashCode(Files.readAllBytes(file)) : 0);
            }
        }
        return contents;
    }
}
