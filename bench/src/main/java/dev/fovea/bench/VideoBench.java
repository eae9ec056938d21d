package dev.fovea.bench;

import dev.fovea.Work;
import dev.fovea.image.Colour;
import dev.fovea.image.Crop;
import dev.fovea.image.Frame;
import dev.fovea.image.Image;
import dev.fovea.sample.Scenes;
import dev.fovea.video.LiveJpeg;
import dev.fovea.video.Video;
import dev.fovea.video.VideoEncoding;
import dev.fovea.video.VideoEncoding.Coding;
import dev.fovea.video.VideoWriter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * What a frame costs: reading and writing video, live JPEG beside Java's ImageIO, HEIC; and whether memory grows. Milliseconds of
 * processor time of one thread, the median of rounds, so that what else runs on the machine counts less.
 */
final class VideoBench {
    private static final int FRAMES = 48;
    private static final int ROUNDS = 5;
    private static final int LOOPS = 50;
    private static final int QUALITY = 85;

    /**
     * One line of the table.
     *
     * @param what was done
     * @param width of each picture
     * @param height of each picture
     * @param encode milliseconds a picture; NaN if nothing is coded
     * @param decode milliseconds a picture
     * @param psnr in dB of what comes back; NaN if there is no truth
     * @param kilobytes a picture
     */
    record Line(String what, int width, int height, double encode, double decode, double psnr, double kilobytes) {}

    private final PrintStream out;
    private final Path folder;
    private final List<Line> lines = new ArrayList<>();

    private VideoBench(PrintStream out, Path folder) {
        this.out = out;
        this.folder = folder;
    }

    static void run(Path data, boolean json, PrintStream out) {
        try {
            Path folder = Files.createTempDirectory("fovea-video");
            try {
                var bench = new VideoBench(json ? System.err : out, folder);
                double growth = bench.measure(data);
                if (json) {
                    out.print(bench.json(growth));
                }
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double measure(Path data) throws IOException {
        out.printf(
                "Video, %d rendered frames at quality %d; ms a frame, one thread, pictures as compact frames%n%n",
                FRAMES, QUALITY);
        out.printf("%-22s %10s %10s %10s %8s %8s%n", "what", "size", "encode ms", "decode ms", "dB", "kB");
        for (int[] size : new int[][] {{640, 480}, {1280, 720}}) {
            List<Frame> frames = frames(size[0], size[1]);
            video("H.264, .mp4", "a.mp4", Coding.USUAL, frames);
            video("VP8, .webm", "a.webm", Coding.USUAL, frames);
            video("AV1, .webm (threads)", "b.webm", Coding.AV1, frames);
            video("MJPEG, .avi", "a.avi", Coding.USUAL, frames);
            video("uncoded, .y4m", "a.y4m", Coding.USUAL, frames);
            liveJpeg(frames);
            imageIo(frames);
        }
        heic(data.resolve("rgbd/iphone"));
        return growth();
    }

    private static List<Frame> frames(int w, int h) {
        Image world = Scenes.patchwork(w + 3 * FRAMES, h + FRAMES, 3).to(Colour.SRGB);
        var frames = new ArrayList<Frame>();
        for (int i = 0; i < FRAMES; i++) {
            frames.add(Frame.of(new Crop(3 * i, i, w, h).apply(world), Duration.ofMillis(40L * i), "frame " + i));
        }
        return frames;
    }

    private void video(String what, String name, Coding coding, List<Frame> frames) throws IOException {
        Path file = folder.resolve(name);
        var encoding = VideoEncoding.NORMAL.withQuality(QUALITY).withCoding(coding);
        double encode = median(() -> {
            try (var writer = VideoWriter.to(file, encoding)) {
                frames.forEach(writer::write);
                writer.finish();
            }
        });
        var read = new ArrayList<Frame>();
        double decode = median(() -> {
            read.clear();
            try (Video video = Video.open(file)) {
                video.forEach(read::add);
            }
        });
        add(what, frames, encode, decode, psnr(frames, read), Files.size(file));
    }

    private void liveJpeg(List<Frame> frames) {
        try (var jpeg = new LiveJpeg(QUALITY)) {
            var files = new ArrayList<byte[]>();
            double encode = median(() -> {
                files.clear();
                frames.forEach(f -> files.add(jpeg.encode(f)));
            });
            var read = new ArrayList<Frame>();
            double decode = median(() -> {
                read.clear();
                files.forEach(f -> read.add(jpeg.decode(f, Duration.ZERO, "live")));
            });
            add("live JPEG", frames, encode, decode, psnr(frames, read), bytes(files));
        }
    }

    private void imageIo(List<Frame> frames) {
        List<BufferedImage> pictures = frames.stream().map(VideoBench::buffered).toList();
        var files = new ArrayList<byte[]>();
        double encode = median(() -> {
            files.clear();
            pictures.forEach(p -> files.add(written(p)));
        });
        double decode = median(() -> files.forEach(VideoBench::read));
        add("ImageIO JPEG (0.75)", frames, encode, decode, Double.NaN, bytes(files));
    }

    private static BufferedImage buffered(Frame frame) {
        Image image = frame.image();
        var picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < image.width() * image.height(); i++) {
            int rgb = 0;
            for (int c = 0; c < 3; c++) {
                rgb = rgb << 8 | Math.round(image.plane(c)[i] * 255);
            }
            picture.setRGB(i % image.width(), i / image.width(), rgb);
        }
        return picture;
    }

    private static byte[] written(BufferedImage picture) {
        try {
            var bytes = new ByteArrayOutputStream();
            ImageIO.write(picture, "jpg", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(byte[] file) {
        try {
            ImageIO.read(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long bytes(List<byte[]> files) {
        return files.stream().mapToLong(f -> f.length).sum();
    }

    /** Real pictures beside the JPEGs that were made of them (and lost their colour profile: their numbers are compared as they are). */
    private void heic(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            out.println("HEIC skipped: there is no " + folder);
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file :
                    all.filter(f -> f.toString().endsWith(".heic")).sorted().toList()) {
                Image picture = Image.read(file);
                Image twin = Image.read(file.resolveSibling("photo.jpg"));
                double ms = median(3, () -> Image.read(file));
                var line = new Line(
                        "HEIC " + folder.relativize(file).getName(0),
                        picture.width(),
                        picture.height(),
                        Double.NaN,
                        ms,
                        psnr(picture, twin),
                        Files.size(file) / 1000.0);
                print(line);
            }
        }
    }

    /** Megabytes that the process grows by when a clip is read {@value #LOOPS} times; NaN where the system does not tell. */
    private double growth() throws IOException {
        Path clip = folder.resolve("a.mp4");
        loops(clip, 20);
        double before = resident();
        loops(clip, LOOPS);
        double growth = resident() - before;
        out.printf(Locale.ROOT, "%nA 720p clip read %d times: %+.1f MB of %.0f MB%n", LOOPS, growth, before);
        return growth;
    }

    private static void loops(Path clip, int times) {
        for (int i = 0; i < times; i++) {
            try (Video video = Video.open(clip)) {
                video.forEach(f -> {});
            }
        }
    }

    /** Memory of the process after garbage collection, which gives the heap's free part back. */
    private static double resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        String line = Files.readAllLines(status).stream()
                .filter(l -> l.startsWith("RssAnon"))
                .findFirst()
                .orElse("0");
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
    }

    /** Milliseconds of this thread a frame. */
    private static double median(Runnable all) {
        return median(ROUNDS, all) / FRAMES;
    }

    private static double median(int rounds, Runnable task) {
        return Work.threads(1, () -> {
            var times = new double[rounds];
            for (int i = -2; i < rounds; i++) {
                long start = Race.clock(1);
                task.run();
                if (i >= 0) {
                    times[i] = (Race.clock(1) - start) * 1e-6;
                }
            }
            Arrays.sort(times);
            return times[rounds / 2];
        });
    }

    private static double psnr(List<Frame> a, List<Frame> b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i += 12) {
            sum += psnr(a.get(i).image(), b.get(i).image());
        }
        return sum / Math.ceilDiv(a.size(), 12);
    }

    private static double psnr(Image a, Image b) {
        double sum = 0;
        int n = a.width() * a.height();
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < n; i++) {
                double d = a.plane(c)[i] - b.plane(c)[i];
                sum += d * d;
            }
        }
        return sum == 0 ? Double.POSITIVE_INFINITY : -10 * Math.log10(sum / (3.0 * n));
    }

    private void add(String what, List<Frame> frames, double encode, double decode, double psnr, long bytes) {
        Frame first = frames.getFirst();
        print(new Line(what, first.width(), first.height(), encode, decode, psnr, bytes / 1000.0 / frames.size()));
    }

    private void print(Line l) {
        lines.add(l);
        out.printf(
                Locale.ROOT,
                "%-22s %10s %10s %10.2f %8s %8.1f%n",
                l.what,
                l.width + "x" + l.height,
                Double.isNaN(l.encode) ? "-" : String.format(Locale.ROOT, "%.2f", l.encode),
                l.decode,
                Double.isNaN(l.psnr)
                        ? "-"
                        : Double.isInfinite(l.psnr) ? "same" : String.format(Locale.ROOT, "%.2f", l.psnr),
                l.kilobytes);
        out.flush();
    }

    private String json(double growth) {
        var s = new StringBuilder("{\"lines\":[");
        for (Line l : lines) {
            s.append(s.charAt(s.length() - 1) == '[' ? "" : ",\n ")
                    .append(String.format(
                            Locale.ROOT,
                            "{\"what\":\"%s\",\"width\":%d,\"height\":%d,\"encode_ms\":%s,\"decode_ms\":%.3f,\"psnr\":%s,\"kb\":%.1f}",
                            l.what,
                            l.width,
                            l.height,
                            number(l.encode),
                            l.decode,
                            number(l.psnr),
                            l.kilobytes));
        }
        return s.append("],\n \"growth_mb\":")
                .append(number(growth))
                .append("}\n")
                .toString();
    }

    private static String number(double v) {
        return Double.isFinite(v) ? String.format(Locale.ROOT, "%.3f", v) : "null";
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(p);
            }
        }
    }
}
