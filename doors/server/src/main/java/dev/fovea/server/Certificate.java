package dev.fovea.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A key for TLS and a certificate that it signs itself, made by the JDK's keytool. Browsers ask once whether to trust it. */
final class Certificate {
    private static final int PATIENCE_SECONDS = 60;

    private Certificate() {}

    /**
     * Makes one for a host.
     *
     * @param file the PKCS #12 file to write
     * @throws IllegalStateException if this Java has no keytool, or it fails
     */
    static Settings.Keystore make(String host, Path file) {
        String password = Jobs.unguessable();
        String kind = host.matches("[0-9.]+|.*:.*") ? "ip:" : "dns:";
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "fovea",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=Fovea studio",
                "-ext",
                "san=" + kind + host + ",dns:localhost",
                "-validity",
                "365",
                "-storetype",
                "PKCS12",
                "-storepass:env",
                "FOVEA_STORE",
                "-keystore",
                file.toString());
        var builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("FOVEA_STORE", password);
        try {
            Process keytool = builder.start();
            if (!keytool.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new IllegalStateException("keytool made no certificate for " + host);
            }
        } catch (IOException e) {
            throw new IllegalStateException("this Java has no keytool to make a certificate with", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a certificate was made", e);
        }
        return new Settings.Keystore(file, password);
    }
}
