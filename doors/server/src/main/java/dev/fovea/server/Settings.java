package dev.fovea.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a studio is run.
 *
 * @param host the address to listen on; the loopback one unless others may come
 * @param port 0 takes a free one
 * @param token what every request must bring; none is needed on the loopback address alone
 * @param keystore a PKCS #12 file with key and certificate for TLS, and its password
 * @param folder where temporary folders are made
 * @param limits what is too much
 */
public record Settings(
        String host, int port, Optional<String> token, Optional<Keystore> keystore, Path folder, Limits limits) {
    /** A key with its certificate. */
    public record Keystore(Path file, String password) {}

    /**
     * What is too much.
     *
     * @param fileBytes of one uploaded file
     * @param requestBytes of all files of a request
     * @param diskBytes of all that is kept
     * @param waiting jobs in the queue
     * @param each jobs in the queue of one client
     * @param memoryBytes that jobs may need together
     * @param portraits that are held ready at once
     * @param streams live, at once
     * @param keep how long a finished job's files stay after they were last asked for
     */
    public record Limits(
            long fileBytes,
            long requestBytes,
            long diskBytes,
            int waiting,
            int each,
            long memoryBytes,
            int portraits,
            int streams,
            Duration keep) {
        /** Suits a machine of its user's own. */
        public static final Limits NORMAL = new Limits(
                1L << 30,
                4L << 30,
                16L << 30,
                512,
                256,
                Runtime.getRuntime().maxMemory() * 3 / 4,
                3,
                16,
                Duration.ofMinutes(30));

        /** The same with so many jobs in the queue, in all and of one client. */
        public Limits withWaiting(int all, int ofOne) {
            return new Limits(fileBytes, requestBytes, diskBytes, all, ofOne, memoryBytes, portraits, streams, keep);
        }

        /** The same, keeping files so long. */
        public Limits withKeep(Duration time) {
            return new Limits(fileBytes, requestBytes, diskBytes, waiting, each, memoryBytes, portraits, streams, time);
        }

        /** The same for uploads of at most so many bytes: of a file, and of a request. */
        public Limits withUpload(long file, long request) {
            return new Limits(file, request, diskBytes, waiting, each, memoryBytes, portraits, streams, keep);
        }

        /** The same with so much memory for jobs. */
        public Limits withMemory(long bytes) {
            return new Limits(fileBytes, requestBytes, diskBytes, waiting, each, bytes, portraits, streams, keep);
        }
    }

    /** On this machine alone. */
    public static Settings local(int port) {
        return new Settings(
                "localhost",
                port,
                Optional.empty(),
                Optional.empty(),
                Path.of(System.getProperty("java.io.tmpdir")),
                Limits.NORMAL);
    }

    /** The same with other limits. */
    public Settings withLimits(Limits other) {
        return new Settings(host, port, token, keystore, folder, other);
    }

    /** The same with its temporary folders elsewhere. */
    public Settings withFolder(Path other) {
        return new Settings(host, port, token, keystore, other, limits);
    }

    /** Whether only this machine can come. */
    boolean loopback() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }
}
