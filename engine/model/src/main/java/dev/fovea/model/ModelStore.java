package dev.fovea.model;

import dev.fovea.BadInput;
import dev.fovea.Work;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The models that are present: those in the jars on the class path, and the public ones in a folder. Only {@link #pull} touches a
 * network.
 */
public final class ModelStore {
    private final ClassLoader loader;
    private final Shelf shelf;
    private final Catalogue catalogue;
    private final Plan plan;
    private final boolean obedient;

    private ModelStore(ClassLoader loader, Shelf shelf, Catalogue catalogue, boolean obedient) {
        this.loader = loader;
        this.shelf = shelf;
        this.catalogue = catalogue;
        this.plan = new Plan(shelf.folder().resolve("tuned"));
        this.obedient = obedient;
    }

    /**
     * The models of the class path and of the usual folder: the system property {@code fovea.models}, else the environment's {@code
     * FOVEA_MODELS}, else {@code fovea/models} in {@code XDG_DATA_HOME}, which is normally {@code ~/.local/share}. Its networks run as
     * the {@link #plan} says, unless the system property {@code fovea.plan} or the environment's {@code FOVEA_PLAN} is {@code off}.
     */
    public static ModelStore standard() {
        String plan = Objects.requireNonNullElse(System.getenv("FOVEA_PLAN"), "on");
        ModelStore store = of(usualFolder());
        return System.getProperty("fovea.plan", plan).equals("off") ? store.untuned() : store;
    }

    /** The models of the class path and of a folder, which need not exist. */
    public static ModelStore of(Path folder) {
        return of(folder, Catalogue.standard());
    }

    /** As above, with another catalogue of what can be pulled. */
    public static ModelStore of(Path folder, Catalogue catalogue) {
        return of(ClassPath.loader(), Shelf.of(folder), catalogue);
    }

    /** As above, with what a loader sees instead of the class path. */
    static ModelStore of(ClassLoader loader, Shelf shelf, Catalogue catalogue) {
        return new ModelStore(loader, shelf, catalogue, true);
    }

    /** The same models, run as they are, whatever a plan says: for figures that must not depend on it. */
    public ModelStore untuned() {
        return new ModelStore(loader, shelf, catalogue, false);
    }

    /** How the models run best on this user's chips; it may be empty. */
    public Plan plan() {
        return plan;
    }

    /** Where public models are kept. */
    public Path folder() {
        return shelf.folder();
    }

    /** What could be pulled into the folder. */
    public Catalogue catalogue() {
        return catalogue;
    }

    /**
     * Every model that is present, those in jars first. Whether weights are altered shows when they are read.
     *
     * @throws BadInput if a jar lists a model that it lacks or whose card makes no sense
     */
    public List<Model> models() {
        var models = new ArrayList<Model>();
        ClassPath.folders(loader).forEach(path -> models.add(bundled(path)));
        catalogue.listings().stream()
                .filter(l -> Files.isRegularFile(shelf.file(l)))
                .forEach(l -> models.add(Model.pulled(l, shelf.file(l))));
        return obedient ? models.stream().map(m -> m.planned(plan)).toList() : List.copyOf(models);
    }

    /**
     * The models for a task, best first: by the headline figure of their cards; those without one follow, in jars before public ones, and
     * these in the order of the catalogue.
     */
    public List<Model> models(String task) {
        return models().stream()
                .filter(m -> m.task().equals(task))
                .sorted(Comparator.comparingDouble(ModelStore::merit).reversed())
                .toList();
    }

    /** The best model for a task, if any is present; {@link Model#name} says which. */
    public Optional<Model> best(String task) {
        return models(task).stream().findFirst();
    }

    /**
     * The model of a name.
     *
     * @throws BadInput if it is not present, saying how to get it
     */
    public Model named(String name) {
        return models().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow(() -> absent(name));
    }

    /**
     * Opens the best model for a task among those whose cards name the tensors that the records ask for. A public model has no card: it
     * is opened by {@link #named}, by code that knows its tensors.
     *
     * @throws BadInput if there is none, or if the best one is damaged or has other shapes
     */
    public <I extends Record, O extends Record> Net<I, O> open(String task, Class<I> in, Class<O> out) {
        Model model = models(task).stream()
                .filter(m -> m.card().isPresent() && speaks(m.card().get(), in, out))
                .findFirst()
                .orElseThrow(() -> new BadInput(
                        "The class path",
                        "has no model for " + task + " with the tensors of " + in.getSimpleName() + " and "
                                + out.getSimpleName(),
                        "add the jar that brings it"));
        return Net.open(model, in, out);
    }

    /**
     * Gets a public model from its owner, going on with what an interrupted try has left: the one thing that opens a connection.
     *
     * @throws BadInput if the owner cannot be reached, has not the file or another one, or if it cannot be written
     */
    public Gain pull(Listing listing) {
        return pull(listing, catalogue.address());
    }

    /**
     * As above, from somewhere else.
     *
     * @param from an address of http or https below which paths are as at the owner's, or a folder with the files
     * @throws IllegalArgumentException if it is neither
     */
    public Gain pull(Listing listing, String from) {
        Origin origin = Origin.of(from);
        return shelf.holds(listing)
                ? new Gain(listing, shelf.file(listing), Gain.Outcome.PRESENT)
                : new Gain(listing, shelf.add(listing, origin), Gain.Outcome.ADDED);
    }

    /**
     * Takes over the public models of a folder that was copied from another machine; their names and places do not matter.
     *
     * @throws BadInput if the folder holds none, or a file cannot be read or written
     */
    public List<Gain> takeOver(Path from) {
        return new Import(shelf, catalogue).all(from);
    }

    /** Compares the weights of every model that is present with their hashes. */
    public List<Verdict> verify() {
        var verdicts = new ArrayList<Verdict>();
        List<Model> models = models();
        for (Model model : models) {
            Work.step("verifying", (double) verdicts.size() / models.size());
            verdicts.add(new Verdict(model, problem(model)));
        }
        return List.copyOf(verdicts);
    }

    private static Optional<String> problem(Model model) {
        try {
            model.weights();
            return Optional.empty();
        } catch (BadInput e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static boolean speaks(ModelCard card, Class<?> in, Class<?> out) {
        return card.inputs().size() == in.getRecordComponents().length
                && Ports.name(in, names(card.inputs()))
                && Ports.name(out, names(card.outputs()));
    }

    private static List<String> names(List<ModelCard.Port> ports) {
        return ports.stream().map(ModelCard.Port::name).toList();
    }

    private Model bundled(String path) {
        String card = path + "/card.json";
        String weights = path + "/model.onnx";
        return Model.bundled(
                ModelCard.parse(card, ClassPath.read(loader, card)), weights, () -> ClassPath.read(loader, weights));
    }

    private BadInput absent(String name) {
        return catalogue.named(name).isPresent()
                ? new BadInput("The model " + name, "is not here yet", "run ./fovea models pull " + name)
                : new BadInput("The model " + name, "is not known", "./fovea models list names those that are");
    }

    /** The headline figure, larger for better models. */
    private static double merit(Model model) {
        return model.card().stream()
                .flatMap(card -> card.figures().stream().filter(f -> f.name().equals(card.headline())))
                .mapToDouble(f -> f.better() == ModelCard.Better.HIGHER ? f.value() : -f.value())
                .findFirst()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    private static Path usualFolder() {
        return Stream.of(
                        Optional.ofNullable(System.getProperty("fovea.models")).map(Path::of),
                        Optional.ofNullable(System.getenv("FOVEA_MODELS")).map(Path::of),
                        Optional.ofNullable(System.getenv("XDG_DATA_HOME")).map(d -> Path.of(d, "fovea", "models")))
                .flatMap(Optional::stream)
                .filter(p -> !p.toString().isEmpty())
                .findFirst()
                .orElseGet(() -> Path.of(
                        Objects.requireNonNullElse(System.getProperty("user.home"), "."),
                        ".local",
                        "share",
                        "fovea",
                        "models"));
    }
}
