package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a house of cardboard: a Maven that notes its calls, and a program that tells its arguments. */
@Timeout(60)
class LauncherTest {
    private static final Path LAUNCHER = Path.of("../../fovea");
    private static final String PROGRAM = """
            package dev.fovea.cli;
            import java.nio.file.*;
            public class Main {
                public static void main(String[] args) throws Exception {
                    if (args[0].equals("help-pages")) {
                        Files.createDirectories(Path.of(args[1]));
                        Files.writeString(Path.of(args[1], "fovea.txt"), "all of it\\n");
                        Files.writeString(Path.of(args[1], "fovea-night.txt"), "how to night\\n");
                        return;
                    }
                    for (String arg : args) System.out.println("<" + arg + ">");
                    if (args[0].startsWith("exit")) System.exit(Integer.parseInt(args[0].substring(4)));
                }
            }
            """;
    private static final String MAVEN = """
            #!/bin/sh
            cd "$(dirname "$0")/.." || exit 1
            printf '%s\\n' "$*" >>calls
            [ -f broken ] && { echo '[ERROR] it does not compile'; exit 1; }
            sleep 0.2
            mkdir -p doors/cli/target/fast
            cp program.jar doors/cli/target/fast/fovea-cli-1.jar
            printf '' >doors/cli/target/fast/classpath
            """;

    @TempDir
    static Path shared;

    @TempDir
    Path temp;

    private Path root = Path.of("");

    private record Ran(int code, String out, String err) {}

    @BeforeAll
    static void buildTheProgram() throws IOException {
        Path source = Files.writeString(shared.resolve("Main.java"), PROGRAM);
        ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", shared.toString(), source.toString());
        try (var jar = new JarOutputStream(Files.newOutputStream(shared.resolve("program.jar")))) {
            jar.putNextEntry(new JarEntry("dev/fovea/cli/Main.class"));
            Files.copy(shared.resolve("dev/fovea/cli/Main.class"), jar);
        }
    }

    @BeforeEach
    void buildTheHouse() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
        root = temp.resolve("a house");
        for (String folder : List.of(".mvn", "bom", "engine", "products", "doors/cli/src/main", "bench", "tools")) {
            Files.createDirectories(root.resolve(folder));
        }
        Files.copy(LAUNCHER, root.resolve("fovea"));
        Files.copy(shared.resolve("program.jar"), root.resolve("program.jar"));
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.writeString(root.resolve("doors/cli/pom.xml"), "<project/>");
        Files.writeString(root.resolve("doors/cli/src/main/Main.java"), PROGRAM);
        Files.writeString(root.resolve("tools/mvn"), MAVEN);
        for (String tool : List.of("fovea", "tools/mvn")) {
            Files.setPosixFilePermissions(root.resolve(tool), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        past(root);
    }

    @Test
    void theFirstCallBuildsAndLaterOnesDoNot() throws Exception {
        Ran first = fovea("version");
        assertThat(first).isEqualTo(new Ran(0, "<version>\n", "Building Fovea ...\n"));
        assertThat(fovea("version")).isEqualTo(new Ran(0, "<version>\n", ""));
        assertThat(calls()).hasSize(1);
    }

    @Test
    void argumentsAndExitCodesPassThrough() throws Exception {
        fovea("version");
        assertThat(fovea("exit3", "a b", "", "*", "$HOME", "\""))
                .isEqualTo(new Ran(3, "<exit3>\n<a b>\n<>\n<*>\n<$HOME>\n<\">\n", ""));
    }

    @Test
    void anEditedSourceIsBuiltWithoutTheNetwork() throws Exception {
        fovea("version");
        past(root.resolve("dist"));
        Files.writeString(root.resolve("doors/cli/src/main/Main.java"), PROGRAM + " ");
        assertThat(fovea("version").out()).isEqualTo("<version>\n");
        assertThat(calls()).hasSize(2);
        assertThat(calls().getFirst()).doesNotContain(" -o ");
        assertThat(calls().getLast()).contains(" -o ");
    }

    @Test
    void anEditedPomIsBuiltWithTheNetwork() throws Exception {
        fovea("version");
        past(root.resolve("dist"));
        Files.writeString(root.resolve("pom.xml"), "<project></project>");
        fovea("version");
        assertThat(calls()).hasSize(2);
        assertThat(calls().getLast()).doesNotContain(" -o ");
    }

    @Test
    void aNewOrMissingFileMakesTheBuildStaleHoweverOldItIs() throws Exception {
        fovea("version");
        Path added = Files.writeString(root.resolve("engine/Added.java"), "");
        past(added);
        fovea("version");
        assertThat(calls()).hasSize(2);
        Files.delete(added);
        fovea("version");
        assertThat(calls()).hasSize(3);
    }

    @Test
    void testsAndBuiltFilesAreNoInputs() throws Exception {
        Files.createDirectories(root.resolve("doors/cli/src/test"));
        fovea("version");
        Files.writeString(root.resolve("doors/cli/src/test/ATest.java"), "");
        Files.writeString(root.resolve("doors/cli/target/more"), "");
        fovea("version");
        assertThat(calls()).hasSize(1);
    }

    @Test
    void helpNeedsNeitherJavaNorABuild() throws Exception {
        var nothing = Map.of("JAVA_HOME", "/nowhere", "PATH", "/usr/bin:/bin");
        assertThat(run(root, nothing, root.resolve("fovea").toString(), "--help")
                        .out())
                .contains("./fovea night");
        assertThat(calls()).isEmpty();
        fovea("version");
        assertThat(fovea("--help").out()).isEqualTo("all of it\n");
        assertThat(fovea().out()).isEqualTo("all of it\n");
        assertThat(fovea("night", "--help").out()).isEqualTo("how to night\n");
        assertThat(fovea("night", "some.jpg", "-h").out()).isEqualTo("how to night\n");
        assertThat(fovea("help", "night").out()).isEqualTo("how to night\n");
    }

    @Test
    void aLinkToItRunsItFromAnywhere() throws Exception {
        Path link = Files.createSymbolicLink(temp.resolve("my fovea"), Path.of("a house/fovea"));
        Path outer = Files.createSymbolicLink(temp.resolve("outer"), link.getFileName());
        assertThat(run(shared, environment(), outer.toString(), "version").out())
                .isEqualTo("<version>\n");
        assertThat(run(temp, environment(), "./my fovea", "version").out()).isEqualTo("<version>\n");
    }

    @Test
    void anOlderJavaIsPassedOver() throws Exception {
        Path old = Files.createDirectories(temp.resolve("jdk-17/bin")).getParent();
        for (String tool : List.of("java", "javac")) {
            Files.writeString(old.resolve("bin/" + tool), "#!/bin/sh\necho old\n");
            Files.setPosixFilePermissions(old.resolve("bin/" + tool), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        var environment = new java.util.HashMap<>(environment());
        environment.put("JAVA_HOME", old.toString());
        environment.merge("PATH", System.getProperty("java.home") + "/bin", (path, java) -> java + ":" + path);
        assertThat(run(root, environment, root.resolve("fovea").toString(), "version")
                        .out())
                .isEqualTo("<version>\n");
    }

    @Test
    void aBuildThatFailsIsOneSentenceWithItsLog() throws Exception {
        Files.writeString(root.resolve("broken"), "");
        Ran ran = fovea("version");
        assertThat(ran.code()).isEqualTo(70);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .isEqualTo("Building Fovea ...\nFovea could not be built: see " + root + "/dist/build.log.\n");
        assertThat(Files.readString(root.resolve("dist/build.log"))).contains("it does not compile");
        Files.delete(root.resolve("broken"));
        assertThat(fovea("version").out()).isEqualTo("<version>\n");
    }

    @Test
    void callsAtTheSameTimeBuildOnce() throws Exception {
        var processes = new ArrayList<Process>();
        for (int i = 0; i < 3; i++) {
            processes.add(start(root, environment(), root.resolve("fovea").toString(), "version"));
        }
        for (Process process : processes) {
            assertThat(finish(process).out()).isEqualTo("<version>\n");
        }
        assertThat(calls()).hasSize(1);
        assertThat(root.resolve("dist/lock")).doesNotExist();
    }

    @Test
    void aLockWhoseOwnerIsGoneIsTakenOver() throws Exception {
        Files.createDirectories(root.resolve("dist"));
        Process gone = start(root, environment(), "true");
        finish(gone);
        Files.createSymbolicLink(root.resolve("dist/lock"), Path.of(Long.toString(gone.pid())));
        assertThat(fovea("version").out()).isEqualTo("<version>\n");
    }

    @Test
    void aReadOnlyCheckoutRunsWhenBuiltAndSaysSoWhenStale() throws Exception {
        fovea("version");
        Files.setPosixFilePermissions(root.resolve("dist"), PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(root.resolve("dist")), "nothing is read-only for this user");
            assertThat(fovea("version")).isEqualTo(new Ran(0, "<version>\n", ""));
            Files.writeString(root.resolve("engine/Added.java"), "");
            Ran ran = fovea("version");
            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.err()).contains("read-only").hasLineCount(1);
        } finally {
            Files.setPosixFilePermissions(root.resolve("dist"), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void bothStreamsMayGoToOneFile() throws Exception {
        fovea("version");
        Ran ran = run(root, environment(), "/bin/sh", "-c", "./fovea a >both 2>&1; ./fovea b >>both 2>&1; cat both");
        assertThat(ran.out()).isEqualTo("<a>\n<b>\n");
    }

    private Ran fovea(String... words) throws Exception {
        var command = new ArrayList<String>(List.of(root.resolve("fovea").toString()));
        command.addAll(Arrays.asList(words));
        return run(root, environment(), command.toArray(String[]::new));
    }

    private Map<String, String> environment() {
        return Map.of(
                "JAVA_HOME", System.getProperty("java.home"),
                "PATH", root.resolve("tools") + ":/usr/bin:/bin",
                "TMPDIR", temp.toString());
    }

    private static Ran run(Path folder, Map<String, String> environment, String... command) throws Exception {
        return finish(start(folder, environment, command));
    }

    private static Process start(Path folder, Map<String, String> environment, String... command) throws IOException {
        var process = new ProcessBuilder(command).directory(folder.toFile());
        process.environment().keySet().removeAll(List.of("FOVEA_OPTS", "MAVEN_OPTS", "JAVA_TOOL_OPTIONS"));
        process.environment().putAll(environment);
        return process.start();
    }

    private static Ran finish(Process process) throws Exception {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes());
        String err = new String(process.getErrorStream().readAllBytes());
        return new Ran(process.waitFor(), out, err);
    }

    private List<String> calls() throws IOException {
        Path calls = root.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    /** Makes everything in a folder look an hour old: a clock with coarse ticks must not decide a test. */
    private static void past(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(f -> !Files.isSymbolicLink(f)).toList()) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - 3_600_000));
            }
        }
    }
}
