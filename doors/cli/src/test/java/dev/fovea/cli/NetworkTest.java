package dev.fovea.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.http.HttpClient;
import java.nio.channels.SocketChannel;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing goes to a network behind anybody's back: only {@code models pull} does, by one class. */
@AnalyzeClasses(packages = "dev.fovea", importOptions = ImportOption.DoNotIncludeTests.class)
class NetworkTest {
    private static final String DOWNLOAD = "dev.fovea.model.Download";
    /** Reads resources of jars by their addresses, and refuses those that are not on this machine. */
    private static final String CLASS_PATH = "dev.fovea.model.ClassPath";

    private static final Predicate<String> CONNECTS = Pattern.compile(
                    "java[.]net[.](.*Socket.*|Inet.*Address|HttpURL.*|JarURL.*|URLClassLoader|http[.].*)"
                            + "|java[.]nio[.]channels[.].*(Socket|Datagram).*"
                            + "|(javax[.]net|java[.]rmi|com[.]sun[.]net)[.].*")
            .asMatchPredicate();

    @ArchTest
    static final ArchRule oneClassConnects = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(DOWNLOAD)
            .should()
            .dependOnClassesThat(describe("reach a network", c -> CONNECTS.test(c.getName())));

    @ArchTest
    static final ArchRule addressesAreNotOpened = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(DOWNLOAD)
            .and()
            .doNotHaveFullyQualifiedName(CLASS_PATH)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(URLConnection.class)
            .orShould()
            .callMethodWhere(target(nameMatching("openStream|getContent")).and(target(owner(assignableTo(URL.class)))));

    @ArchTest
    static final ArchRule noOtherProgramIsStarted = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.fovea.cli.Footprint") // it starts this very program
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class)
            .orShould()
            .callMethodWhere(target(nameMatching("exec")).and(target(owner(assignableTo(Runtime.class)))));

    /** What the rules must notice. */
    static final class Sinners {
        static final class BySocket {
            static void connect() throws IOException {
                new Socket("localhost", 1).close();
            }
        }

        static final class ByChannel {
            static void connect() throws IOException {
                SocketChannel.open().close();
            }
        }

        static final class ByClient {
            static void connect() {
                HttpClient.newHttpClient().close();
            }
        }

        static final class ByStream {
            static InputStream connect() throws IOException {
                return URI.create("http://localhost:1/").toURL().openStream();
            }
        }

        static final class ByConnection {
            static void connect() throws IOException {
                URI.create("http://localhost:1/").toURL().openConnection().connect();
            }
        }

        static final class ByHttp {
            static void connect(HttpURLConnection connection) throws IOException {
                connection.connect();
            }
        }

        static final class ByProgram {
            static void connect() throws IOException {
                new ProcessBuilder("curl", "http://localhost:1/").start();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Sinners.BySocket.class,
                Sinners.ByChannel.class,
                Sinners.ByClient.class,
                Sinners.ByStream.class,
                Sinners.ByConnection.class,
                Sinners.ByHttp.class,
                Sinners.ByProgram.class
            })
    void theRulesNotice(Class<?> sinner) {
        var classes = new ClassFileImporter().importClasses(sinner);
        assertThatThrownBy(() -> {
                    oneClassConnects.check(classes);
                    addressesAreNotOpened.check(classes);
                    noOtherProgramIsStarted.check(classes);
                })
                .isInstanceOf(AssertionError.class);
    }
}
