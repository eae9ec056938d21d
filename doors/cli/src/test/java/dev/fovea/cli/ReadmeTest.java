package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README shows must compile, and what it names must be there. */
class ReadmeTest {
    private static final Path ROOT = Path.of("../..");

    @Test
    void theExamplesCompile(@TempDir Path out) throws IOException {
        List<String> examples = found("```java\n(.*?)```", Files.readString(ROOT.resolve("README.md")));
        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            assertThat(complaints(example, out)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "CONTRIBUTING.md", "docs/README.md"})
    void linksLeadSomewhere(String page) throws IOException {
        Path file = ROOT.resolve(page);
        for (String link : found("\\]\\(([^):#]+)\\)", Files.readString(file))) {
            assertThat(file.resolveSibling(link)).exists();
        }
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(text)
                .results()
                .map((MatchResult m) -> m.group(1))
                .toList();
    }

    private static List<String> complaints(String example, Path out) {
        String program = "import dev.fovea.image.*; import dev.fovea.photo.*; import java.nio.file.Path;\n"
                + "class Example { void run() {\n" + example + "} }";
        var source = new SimpleJavaFileObject(URI.create("memory:///Example.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return program;
            }
        };
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        var options = List.of("-d", out.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, diagnostics, options, null, List.of(source))
                .call();
        var complaints = new ArrayList<String>();
        for (Diagnostic<?> d : diagnostics.getDiagnostics()) {
            complaints.add(d.toString());
        }
        return complaints;
    }
}
