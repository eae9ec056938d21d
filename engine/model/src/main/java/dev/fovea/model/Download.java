package dev.fovea.model;

import dev.fovea.BadInput;
import dev.fovea.Work;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import javax.net.ssl.SSLException;

/**
 * The only class of Fovea that opens a connection; a test of the layers holds this. Goes on where an earlier download stopped (RFC 9110,
 * section 14), if the server can.
 *
 * @param address of the file, http or https
 * @param bytes how many it must have
 */
record Download(URI address, long bytes) {
    private static final int CONNECT_MILLIS = 20_000;
    private static final int STALL_MILLIS = 30_000;
    private static final int CHUNK = 1 << 16;
    private static final int NOT_SATISFIABLE = 416;

    /**
     * Fills a file up. However this ends, what has arrived stays in the file.
     *
     * @param step what the progress is called
     * @throws BadInput if the server cannot be reached, has not the file, has another one, or stops too early
     */
    void into(FileChannel file, String step) throws IOException {
        HttpURLConnection connection = null;
        try {
            connection = open(file.size());
            int status = status(connection);
            if (status == NOT_SATISFIABLE) { // the file has changed there: from the start again
                connection.disconnect();
                connection = open(0);
                status = status(connection);
            }
            long start = status == HttpURLConnection.HTTP_PARTIAL ? begin(connection, file.size()) : 0;
            expect(status, start, connection.getContentLengthLong());
            file.truncate(start);
            copy(connection, file.position(start), step);
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }

    private HttpURLConnection open(long have) throws IOException {
        var connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(STALL_MILLIS);
        connection.setRequestProperty("User-Agent", "fovea");
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (have > 0) {
            connection.setRequestProperty("Range", "bytes=" + have + "-");
        }
        return connection;
    }

    private int status(HttpURLConnection connection) {
        try {
            return connection.getResponseCode();
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** Where the answer's bytes belong; a server that sends others than it was asked for is not believed. */
    private long begin(HttpURLConnection connection, long asked) {
        String range = String.valueOf(connection.getHeaderField("Content-Range"));
        if (!range.startsWith("bytes " + asked + "-")) {
            throw new BadInput(address.toString(), "answers with other bytes than asked for", "try another --from");
        }
        return asked;
    }

    private void expect(int status, long start, long length) {
        if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_PARTIAL) {
            throw new BadInput(
                    address.toString(),
                    status == HttpURLConnection.HTTP_NOT_FOUND
                            ? "is not there (HTTP 404)"
                            : "is refused by the server (HTTP " + status + ")",
                    "try later or another --from");
        }
        if (length >= 0 && start + length != bytes) {
            throw new BadInput(
                    address.toString(),
                    "has " + (start + length) + " bytes instead of " + bytes,
                    "this is another file; try another --from");
        }
    }

    private void copy(HttpURLConnection connection, FileChannel file, String step) throws IOException {
        var chunk = new byte[CHUNK];
        try (InputStream in = body(connection)) {
            while (file.position() < bytes) {
                Work.step(step, (double) file.position() / bytes);
                int n = read(in, chunk, (int) Math.min(CHUNK, bytes - file.position()), file.position());
                for (ByteBuffer left = ByteBuffer.wrap(chunk, 0, n); left.hasRemaining(); ) {
                    file.write(left);
                }
            }
        }
        Work.step(step, 1);
    }

    private InputStream body(HttpURLConnection connection) {
        try {
            return connection.getInputStream();
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private int read(InputStream in, byte[] chunk, int most, long have) {
        try {
            int n = in.read(chunk, 0, most);
            if (n > 0) {
                return n;
            }
            throw new IOException("the server ended it");
        } catch (IOException e) {
            throw new BadInput(
                    address.toString(),
                    "broke off after " + have + " of " + bytes + " bytes",
                    "run the same command again, it goes on from there",
                    e);
        }
    }

    private BadInput unreachable(IOException e) {
        String why = switch (e) {
            case UnknownHostException u -> "there is no host " + address.getHost() + " or no network";
            case SocketTimeoutException t -> "nobody answers";
            case SSLException s -> "its certificate is not trusted";
            default -> "the connection failed";
        };
        return new BadInput(
                address.toString(),
                "cannot be reached: " + why,
                "connect to a network, or copy the models from another machine and use ./fovea models import",
                e);
    }
}
