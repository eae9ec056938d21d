package dev.fovea.cli;

import dev.fovea.BadInput;
import dev.fovea.Work;
import dev.fovea.image.Burst;
import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import dev.fovea.model.Element;
import dev.fovea.model.Model;
import dev.fovea.model.ModelStore;
import dev.fovea.model.Tape;
import dev.fovea.model.Tensor;
import dev.fovea.model.TensorSpec;
import dev.fovea.photo.SuperRes;
import dev.fovea.sample.SampleBurst;
import dev.fovea.sample.Scenes;
import dev.fovea.sample.Visage;
import dev.fovea.vision.Embeddings;
import dev.fovea.vision.Eye;
import dev.fovea.vision.FaceDetector;
import dev.fovea.vision.Scene;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What networks are given in their daily work. Fovea's own products look at pictures, and what they ask their networks is written down;
 * a network that none of them has asked gets cuts of the pictures, if pictures are what it takes.
 */
final class Examples {
    private static final String EMBEDDING = "face-embedding";
    private static final int DRAWN = 28;
    private static final int SIDE = 320;
    private static final int MOST_READ = 40;
    private static final int LONGEST = 480;
    private static final int CUTS = 32;
    /** Pictures that are enlarged, and how much of them. */
    private static final int SINGLE = 2;

    private static final int PART = 280;
    /** What a network that leaves it open is given. */
    private static final int OPEN_WIDTH = 320;

    private static final int OPEN_HEIGHT = 256;

    private final List<Image> pictures;
    private final ModelStore store;
    private final Tape tape;

    private Examples(List<Image> pictures, ModelStore store, List<Model> models) {
        this.pictures = pictures;
        this.store = store;
        boolean enlarging = models.stream().anyMatch(Examples::enlarges);
        boolean seeing = models.stream().anyMatch(m -> !enlarges(m));
        this.tape = Work.threads(
                1,
                () -> Tape.of(() -> {
                    if (seeing) {
                        see(models);
                    }
                    if (enlarging) {
                        enlarge();
                    }
                }));
    }

    private static boolean enlarges(Model model) {
        return model.task().startsWith("superres");
    }

    /**
     * From the pictures of a folder, or from drawn ones.
     *
     * @param models for which examples are wanted
     * @throws BadInput if the folder holds none that can be read
     */
    static Examples of(Optional<Path> folder, ModelStore store, List<Model> models) {
        return new Examples(folder.map(Examples::read).orElseGet(Examples::drawn), store, models);
    }

    /**
     * Inputs of a network, in the order that it names them.
     *
     * @throws BadInput if it takes something else than pictures, and no product has asked it
     */
    List<List<Tensor>> of(Model model, List<TensorSpec> inputs) {
        List<List<Tensor>> heard = tape.inputs(model);
        if (heard.size() > 1) {
            return heard;
        }
        if (inputs.size() != 1
                || inputs.getFirst().element() != Element.FLOAT
                || inputs.getFirst().shape().length != 4) {
            throw new BadInput(
                    "The model " + model.name(), "takes more than a picture: " + inputs, "its product must ask it");
        }
        return cuts(inputs.getFirst(), range(model));
    }

    /** What an eye does with its networks; those that are not here are not tuned, either. */
    private void see(List<Model> models) {
        try (Eye eye = Eye.open(store.untuned())) {
            for (int i = 0; i < pictures.size(); i++) {
                Work.step("gathering examples", (double) i / pictures.size());
                Scene scene = eye.look(pictures.get(i));
                perhaps(scene::faces);
                perhaps(() -> scene.see(FaceDetector.QUICK));
                perhaps(scene::person);
                for (Model model : models) {
                    if (model.task().equals(EMBEDDING)) {
                        perhaps(() -> scene.see(new Embeddings(model.name())));
                    }
                }
            }
        }
    }

    /** What enlarging does with its networks. */
    private void enlarge() {
        Work.step("gathering examples", 1);
        perhaps(() -> new SuperRes()
                .apply(SampleBurst.NORMAL
                        .withSize(320, 240)
                        .withFrames(2)
                        .shoot()
                        .burst()));
        for (Image picture : pictures.subList(0, SINGLE)) {
            Crop part = new Crop(0, 0, Math.min(PART, picture.width()), Math.min(PART, picture.height()));
            perhaps(() -> new SuperRes()
                    .apply(new Burst(List.of(Frame.of(part.apply(picture), Duration.ZERO, "an example")))));
        }
    }

    private static void perhaps(Runnable use) {
        try {
            use.run();
        } catch (BadInput absent) {
            // told when its turn comes
        }
    }

    /** Faces of all sizes, every seventh picture without one, half of them with noise. */
    private static List<Image> drawn() {
        var pictures = new ArrayList<Image>();
        for (int i = 0; i < DRAWN; i++) {
            Image picture = i % 7 == 6
                    ? Scenes.patchwork(SIDE, SIDE, i).to(Colour.SRGB)
                    : Visage.drawn(SIDE, 0.3 + 0.65 * i / DRAWN, i);
            pictures.add(i % 2 == 0 ? picture : noisy(picture, 0.03 * (i % 5) / 4, i));
        }
        return pictures;
    }

    private static Image noisy(Image picture, double deviation, long seed) {
        var random = new Random(seed);
        var planes = new float[3][];
        for (int c = 0; c < planes.length; c++) {
            planes[c] = picture.plane(c).clone();
            for (int i = 0; i < planes[c].length; i++) {
                planes[c][i] = Math.clamp(planes[c][i] + (float) (deviation * random.nextGaussian()), 0f, 1f);
            }
        }
        return Image.of(picture.width(), picture.height(), picture.colour(), planes);
    }

    private static List<Image> read(Path folder) {
        List<PictureFile> files = PictureFile.of(List.of(folder));
        var pictures = new ArrayList<Image>();
        int step = Math.max(1, files.size() / MOST_READ);
        for (int i = 0; i < files.size() && pictures.size() < MOST_READ; i += step) {
            Work.step("reading pictures", (double) i / files.size());
            try {
                pictures.add(small(Image.read(files.get(i).path()).to(Colour.SRGB)));
            } catch (BadInput unreadable) {
                // one of many: the others will do
            }
        }
        if (pictures.size() < SINGLE) {
            throw new BadInput(
                    folder.toString(), "holds fewer than two pictures that can be read", "name another folder");
        }
        return pictures;
    }

    private static Image small(Image image) {
        int longest = Math.max(image.width(), image.height());
        return longest <= LONGEST
                ? image
                : new Resize(
                                Math.max(1, image.width() * LONGEST / longest),
                                Math.max(1, image.height() * LONGEST / longest))
                        .apply(image);
    }

    private double[] range(Model model) {
        List<Double> range = model.card()
                .map(card -> card.inputs().getFirst().range())
                .or(() -> store.catalogue().named(model.name()).map(l -> l.range()))
                .filter(r -> r.size() == 2)
                .orElse(List.of(0.0, 1.0));
        return new double[] {range.get(0), range.get(1)};
    }

    private List<List<Tensor>> cuts(TensorSpec spec, double[] range) {
        int[] shape = spec.shape().clone();
        boolean last = shape[3] >= 1 && shape[3] <= 4 && (shape[1] < 1 || shape[1] > 4);
        int channels = last ? 3 : 1;
        int rows = last ? 1 : 2;
        int columns = last ? 2 : 3;
        shape[0] = open(shape[0], 1);
        shape[channels] = open(shape[channels], 3);
        shape[rows] = open(shape[rows], OPEN_HEIGHT);
        shape[columns] = open(shape[columns], OPEN_WIDTH);
        if (shape[0] != 1 || shape[channels] > 4) {
            throw new BadInput("The input " + spec, "is no picture", "its product must ask the network");
        }
        var cuts = new ArrayList<List<Tensor>>();
        var random = new Random(3);
        for (int i = 0; i < CUTS; i++) {
            Image cut = cut(pictures.get(i % pictures.size()), random);
            Image fitting = new Resize(shape[columns], shape[rows]).apply(cut);
            cuts.add(List.of(tensor(fitting, shape, shape[channels], last, range)));
        }
        return cuts;
    }

    private static int open(int dimension, int otherwise) {
        return dimension == TensorSpec.ANY ? otherwise : dimension;
    }

    /** A square part around the middle, or nearly. */
    private static Image cut(Image picture, Random random) {
        int shorter = Math.min(picture.width(), picture.height());
        int side = Math.max(1, (int) (shorter * (0.5 + 0.5 * random.nextDouble())));
        int x = (int) ((picture.width() - side) * (0.3 + 0.4 * random.nextDouble()));
        int y = (int) ((picture.height() - side) * (0.3 + 0.4 * random.nextDouble()));
        return new Crop(x, y, side, side).apply(picture);
    }

    private static Tensor tensor(Image image, int[] shape, int channels, boolean last, double[] range) {
        int size = image.width() * image.height();
        var values = new float[channels * size];
        for (int c = 0; c < channels; c++) {
            float[] plane = image.plane(Math.min(c, image.colour().planes() - 1));
            for (int i = 0; i < size; i++) {
                double v = range[0] + (range[1] - range[0]) * Math.clamp(plane[i], 0f, 1f);
                values[last ? i * channels + c : c * size + i] = (float) v;
            }
        }
        return new Tensor.Floats(values, shape);
    }
}
