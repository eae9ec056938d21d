package dev.fovea.server;

import io.javalin.http.Context;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came with a request.
 *
 * @param files in the order they came
 * @param fields the rest of the form
 */
record Upload(List<Input> files, Map<String, String> fields) {
    private static final String FILES = "files";
    private static final int LONGEST_FIELD = 1 << 16;
    private static final long MOST_DRAINED = 256L << 20;

    /**
     * Reads a form; its files go into a folder.
     *
     * @throws Trouble.Refused if it is no form, or too large
     */
    static Upload read(Context request, Path folder) {
        try {
            Map<String, String> fields = new LinkedHashMap<>();
            if (!request.isMultipartFormData()) {
                request.formParamMap().forEach((name, values) -> fields.put(name, values.getLast()));
                return new Upload(List.of(), fields);
            }
            // Javalin tells the container the limits when it is first asked for a file.
            request.uploadedFiles();
            return parts(request, folder, fields);
        } catch (IOException | ServletException | RuntimeException e) {
            throw refusal(e);
        }
    }

    private static Upload parts(Context request, Path folder, Map<String, String> fields)
            throws IOException, ServletException {
        var files = new ArrayList<Input>();
        for (Part part : request.req().getParts()) {
            String name = part.getSubmittedFileName();
            if (part.getName().equals(FILES) && name != null) {
                Path to = Input.place(folder, name);
                try (var in = part.getInputStream()) {
                    Files.copy(in, to);
                }
                files.add(new Input(to));
            } else if (part.getSize() <= LONGEST_FIELD) {
                try (var in = part.getInputStream()) {
                    fields.put(part.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            part.delete();
        }
        return new Upload(files, fields);
    }

    private static Trouble.Refused refusal(Exception e) {
        if (e instanceof Trouble.Refused refused) {
            return refused;
        }
        for (Throwable t = e; t != null; t = t.getCause()) {
            String said = String.valueOf(t.getMessage());
            if (said.contains("max length exceeded") || said.contains("exceed")) {
                return new Trouble.Refused(
                        Trouble.TOO_LARGE, "A file is larger than the studio takes; use a smaller one.");
            }
        }
        return new Trouble.Refused(
                Trouble.WRONG_USE,
                "The form could not be read: send files as multipart/form-data in parts named files.");
    }

    /**
     * Reads what a refused client goes on sending, as far as that is not much: it hears of the refusal only when it has sent all, else
     * of a broken connection.
     */
    static void drain(Context request) {
        try {
            var in = request.req().getInputStream();
            var scratch = new byte[1 << 16];
            long left = MOST_DRAINED;
            for (int n = in.read(scratch); n >= 0 && left > 0; n = in.read(scratch)) {
                left -= n;
            }
        } catch (IOException | IllegalStateException e) {
            // it has gone
        }
    }
}
