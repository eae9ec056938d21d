package dev.fovea.server;

import dev.fovea.Json;
import dev.fovea.Knobs;
import dev.fovea.image.Encoding;
import dev.fovea.model.ModelStore;
import dev.fovea.vision.Effects;
import dev.fovea.vision.Eye;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** What the server can be asked, route by route. */
final class Api {
    private static final String JSON = "application/json";
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    /** Bytes of memory that the smallest job needs. */
    private static final long LEAST = 1L << 24;
    /** Between two events of one job. */
    private static final long PACE_MILLIS = 100;

    private final Workbench bench;
    private final Jobs jobs;
    private final List<Service> services;
    private final List<Route> routes = new ArrayList<>();

    Api(Workbench bench, Jobs jobs, Supplier<Eye> eye) {
        this.bench = bench;
        this.jobs = jobs;
        services = List.of(
                new NightService(),
                new SuperResService(),
                new DepthService(),
                new PortraitService(eye),
                new FocusService(eye),
                new RelightService(eye),
                new ColourPopService(eye),
                new SeeService(eye),
                new EffectsService(eye));
        catalogue();
        services.forEach(service -> routes.add(post(service)));
        jobs();
        portraits();
    }

    /** All of them. */
    List<Route> routes() {
        return List.copyOf(routes);
    }

    private void catalogue() {
        routes.add(Route.get("/api", "This document.", JSON, c -> answer(c, OpenApi.of(routes))));
        routes.add(Route.get(
                "/api/services",
                "What can be asked for, with what can be turned and chosen.",
                JSON,
                c -> answer(c, services.stream().map(Told::of).toList())));
        routes.add(Route.get(
                "/api/effects",
                "The effects for live pictures and the effects service.",
                JSON,
                c -> answer(c, Effects.all().stream().map(Told::of).toList())));
        routes.add(Route.get(
                "/api/samples",
                "What there is to try things on.",
                JSON,
                c -> answer(c, Sample.ALL.stream().map(Told::of).toList())));
        routes.add(Route.get(
                "/api/models",
                "The networks that are here, and those that could be, with their cards.",
                JSON,
                c -> answer(c, ModelList.of(ModelStore.standard()))));
        routes.add(Route.get(
                "/api/models/tune",
                "How networks run fastest on this machine, as models tune measured it.",
                JSON,
                c -> answer(c, ModelStore.standard().plan().entries())));
    }

    private Route post(Service service) {
        var parameters = new ArrayList<Route.Parameter>();
        parameters.add(new Route.Parameter(
                "form", "files", "file", "The files: " + service.takes().kind(), List.of()));
        parameters.add(new Route.Parameter(
                "form",
                "sample",
                "string",
                "A sample instead of files.",
                Sample.ALL.stream()
                        .filter(s -> s.services().contains(service.name()))
                        .map(Sample::name)
                        .toList()));
        for (Knobs.Named k : service.knobs()) {
            String type = k.type() == boolean.class ? "boolean" : k.type() == int.class ? "integer" : "number";
            parameters.add(new Route.Parameter("form", k.name(), type, k.knob().help(), List.of()));
        }
        for (Service.Choice choice : service.choices()) {
            parameters.add(new Route.Parameter(
                    "form", choice.name(), "string", "Normally " + choice.normal() + ".", choice.values()));
        }
        service.texts()
                .forEach(t -> parameters.add(new Route.Parameter("form", t.name(), "string", t.about(), List.of())));
        parameters.add(new Route.Parameter(
                "form", "keepGps", "boolean", "Whether results keep the position that the camera wrote.", List.of()));
        return new Route(
                HandlerType.POST,
                "/api/" + service.name(),
                service.about(),
                parameters,
                List.of(new Route.Answer(202, JSON, "The job; its address is in Location.")),
                c -> submit(c, service));
    }

    private void submit(Context c, Service service) {
        String client = String.valueOf(c.ip());
        String id = Jobs.unguessable();
        try {
            jobs.admit(client, Math.max(0, c.req().getContentLengthLong()));
            Path folder = bench.folder(id);
            try {
                Job job = job(c, service, id, client, folder);
                jobs.add(job);
                c.header("Location", "/api/jobs/" + id);
                c.status(202);
                json(c, job.json(jobs.keep()));
            } catch (IOException e) {
                Workbench.delete(folder);
                throw new UncheckedIOException(e);
            } catch (RuntimeException e) {
                Workbench.delete(folder);
                throw e;
            }
        } catch (RuntimeException e) {
            Upload.drain(c);
            c.header("Connection", "close");
            throw e;
        }
    }

    private static Job job(Context c, Service service, String id, String client, Path folder) throws IOException {
        Path in = Files.createDirectory(folder.resolve("in"));
        Path out = Files.createDirectory(folder.resolve("out"));
        Upload upload = Upload.read(c, in);
        String name = upload.fields().getOrDefault("sample", "");
        if (!name.isEmpty()) {
            Sample sample = Sample.named(name);
            return new Job(
                    id,
                    client,
                    service,
                    folder,
                    () -> new Order(sample.into(in), upload.fields(), out),
                    0,
                    service.memory(sample.pixels(), upload.fields()));
        }
        check(service, upload.files().size());
        var order = new Order(upload.files(), upload.fields(), out);
        long bytes = upload.files().stream().mapToLong(Input::bytes).sum();
        return new Job(
                id,
                client,
                service,
                folder,
                () -> order,
                bytes,
                Math.max(LEAST, service.memory(Pixels.of(upload.files()), upload.fields())));
    }

    private static void check(Service service, int files) {
        Service.Takes takes = service.takes();
        if (files < takes.least() || files > takes.most()) {
            String wanted = takes.least() == takes.most()
                    ? takes.least() + (takes.least() == 1 ? " file" : " files")
                    : takes.least() + " to " + takes.most() + " files";
            throw new IllegalArgumentException(service.name() + " takes " + wanted
                    + " in parts named files, or the name" + " of a sample; it got " + files);
        }
    }

    private void jobs() {
        routes.add(Route.get("/api/jobs/{id}", "How a job is doing.", JSON, c -> json(c, find(c).json(jobs.keep()))));
        routes.add(Route.get(
                "/api/jobs/{id}/events",
                "The job at every change, as server-sent events named job, until it has ended.",
                "text/event-stream",
                this::events));
        routes.add(new Route(
                HandlerType.DELETE,
                "/api/jobs/{id}",
                "Stops a job and forgets all its files.",
                List.of(),
                List.of(new Route.Answer(204, JSON, "It is forgotten.")),
                c -> {
                    jobs.forget(c.pathParam("id"));
                    c.status(204);
                }));
        routes.add(Route.get("/api/jobs/{id}/files/{name}", "A file that a job made.", "*/*", this::file)
                .with(List.of(new Route.Parameter(
                        "query", "download", "boolean", "Whether the browser should save it.", List.of()))));
    }

    private Job find(Context c) {
        return jobs.find(c.pathParam("id"));
    }

    /** Events of one job until it has ended; the newest state, not every one. */
    private void events(Context c) throws IOException {
        Job job = find(c);
        c.contentType("text/event-stream").header("Cache-Control", "no-store").disableCompression();
        var out = c.res().getOutputStream(); // the framework's own wrapper swallows flush()
        long version = -1;
        try {
            for (boolean last = false; !last; ) {
                Job.Seen seen = job.after(version, HEARTBEAT, jobs.keep());
                String text =
                        seen.version() == version ? ": still here\n\n" : "event: job\ndata: " + seen.json() + "\n\n";
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
                version = seen.version();
                last = seen.last();
                Thread.sleep(last ? 0 : PACE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void file(Context c) throws IOException {
        String name = c.pathParam("name");
        Output file = outcome(c).files().stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Trouble.Refused(Trouble.UNKNOWN, "The job made no file of that name."));
        c.header("Cache-Control", "private, max-age=3600");
        if ("true".equals(c.queryParam("download"))) {
            c.header("Content-Disposition", "attachment; filename=\"" + file.name() + '"');
        }
        c.disableCompression();
        c.writeSeekableStream(Files.newInputStream(file.file()), file.type(), Files.size(file.file()));
    }

    private Outcome outcome(Context c) {
        return find(c).outcome()
                .orElseThrow(() -> new Trouble.Refused(Trouble.CANCELLED, "The job has not ended well, or not yet."));
    }

    private void portraits() {
        var width = new Route.Parameter("query", "width", "string", "full for the whole size.", List.of());
        var focus = new ArrayList<>(List.of(
                width,
                number("x", "Where to focus, in pixels of the photo."),
                number("y", "Likewise, downwards."),
                number("aperture", "The f-number.")));
        Knobs.of(dev.fovea.photo.Lens.class)
                .forEach(k -> focus.add(number(k.name(), k.knob().help())));
        var light = new ArrayList<>(List.of(
                width,
                new Route.Parameter("query", "preset", "string", "The lamp to start from.", List.of()),
                number("lx", "Where the lamp is: to the right."),
                number("ly", "Downwards."),
                number("lz", "Towards the camera.")));
        Knobs.of(dev.fovea.photo.PortraitLight.class)
                .forEach(k -> light.add(number(k.name(), k.knob().help())));
        routes.add(Route.get(
                        "/api/jobs/{id}/focus",
                        "A portrait with another focus.",
                        "image/jpeg",
                        c -> portrait(c, Portrait::focus))
                .with(focus));
        routes.add(Route.get(
                        "/api/jobs/{id}/light",
                        "A portrait in another light.",
                        "image/jpeg",
                        c -> portrait(c, Portrait::light))
                .with(light));
        routes.add(Route.get(
                        "/api/jobs/{id}/pop",
                        "A portrait with colour for the person alone.",
                        "image/jpeg",
                        c -> portrait(c, Portrait::pop))
                .with(List.of(width)));
    }

    private static Route.Parameter number(String name, String about) {
        return new Route.Parameter("query", name, "number", about, List.of());
    }

    private void portrait(Context c, BiFunction<Portrait, Order, Portrait.Answer> wish) throws IOException {
        Portrait portrait = outcome(c)
                .portrait()
                .orElseThrow(
                        () -> new Trouble.Refused(Trouble.UNKNOWN, "Only a job of the portrait service answers this."));
        var wishes = new HashMap<String, String>();
        c.queryParamMap().forEach((name, values) -> wishes.put(name, values.getLast()));
        Path folder = Files.createTempDirectory(bench.folder(), "answer-");
        try {
            var order = new Order(List.of(), wishes, folder);
            Portrait.Answer answer = wish.apply(portrait, order);
            Path file = folder.resolve("portrait.jpg");
            boolean full = order.wish("width", "").equals("full");
            answer.image().write(file, order.exif(answer.photo().exif()), new Encoding(full ? 94 : 88, 8));
            c.header("X-Fovea-Report", Json.of(answer.report()));
            c.header("Cache-Control", "no-store");
            if (full) {
                c.header("Content-Disposition", "attachment; filename=\"portrait.jpg\"");
            }
            c.contentType("image/jpeg").result(Files.readAllBytes(file));
        } finally {
            Workbench.delete(folder);
        }
    }

    private static void answer(Context c, Object value) {
        json(c, Json.of(value));
    }

    private static void json(Context c, String text) {
        c.header("Cache-Control", "no-store");
        c.contentType("application/json; charset=utf-8").result(text);
    }

    /** What went wrong, as every route tells it. */
    static void complain(Context c, Throwable e) {
        Trouble trouble = Trouble.of(e);
        c.status(trouble.status());
        if (trouble.status() == Trouble.FULL || trouble.status() == Trouble.TOO_MANY) {
            c.header("Retry-After", "10");
        }
        answer(c, trouble);
    }
}
