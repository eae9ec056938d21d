package dev.fovea.server;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;

/**
 * One door of the server, as it is opened and as it is documented.
 *
 * @param path with its parameters in braces
 * @param about what it does, one sentence
 * @param parameters of its query or form
 * @param answers what comes back, by status
 */
record Route(
        HandlerType method,
        String path,
        String about,
        List<Parameter> parameters,
        List<Answer> answers,
        Handler handler) {
    /**
     * Something to ask with.
     *
     * @param place query or form
     * @param type number, integer, boolean, string or file
     * @param values what it may be; empty if anything of its type
     */
    record Parameter(String place, String name, String type, String about, List<String> values) {}

    /** Something that comes back. */
    record Answer(int status, String type, String about) {}

    static Route get(String path, String about, String type, Handler handler) {
        return new Route(HandlerType.GET, path, about, List.of(), List.of(new Answer(200, type, about)), handler);
    }

    /** The same with parameters. */
    Route with(List<Parameter> more) {
        return new Route(method, path, about, more, answers, handler);
    }
}
