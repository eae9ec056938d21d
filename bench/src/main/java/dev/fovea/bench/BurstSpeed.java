package dev.fovea.bench;

import dev.fovea.Stage;
import dev.fovea.Work;
import dev.fovea.image.Burst;
import dev.fovea.image.Cfa;
import dev.fovea.image.Image;
import dev.fovea.image.NoiseModel;
import dev.fovea.image.Raw;
import dev.fovea.image.Shot;
import dev.fovea.sample.BurstSimulator;
import dev.fovea.sample.Scenes;
import dev.fovea.sample.Sensor;
import dev.fovea.sample.World;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long a product takes from decoded RAW frames to the finished picture, and with how much heap. */
final class BurstSpeed {

    /**
     * A line of the table.
     *
     * @param frames how many
     * @param megapixels of each
     * @param seconds wall time, the least of the warm runs
     * @param cold wall time of the first
     * @param heap peak heap in MiB, garbage included
     * @param steps seconds of each step, of the quickest run
     */
    record Row(int frames, double megapixels, double seconds, double cold, double heap, Map<String, Double> steps) {}

    private BurstSpeed() {}

    /**
     * Measures and prints: growing pictures, then growing bursts.
     *
     * @param rounds warm runs of each, after a cold one
     */
    static List<Row> run(String title, Stage<Burst, Image> product, int rounds, PrintStream out) {
        out.printf(
                "%n%s, RAW, %d threads (heap at most %d MiB)%n",
                title, Work.threads(), Runtime.getRuntime().maxMemory() >> 20);
        out.println("frames  megapixels  seconds  s/(frame Mpx)  first run  peak heap MiB");
        var rows = new ArrayList<Row>();
        Burst large = burst(4000, 3000);
        rows.add(row(large, product, rounds, out));
        rows.add(row(new Burst(large.shots().subList(0, 4)), product, rounds, out));
        rows.add(row(new Burst(large.shots().subList(0, 2)), product, rounds, out));
        rows.add(row(quarter(large, 2), product, rounds, out));
        rows.add(row(quarter(large, 4), product, rounds, out));
        out.println("steps of the largest: " + rows.getFirst().steps);
        return rows;
    }

    private static Row row(Burst burst, Stage<Burst, Image> product, int rounds, PrintStream out) {
        double best = Double.MAX_VALUE;
        double cold = 0;
        double heap = 0;
        Map<String, Double> steps = Map.of();
        for (int i = 0; i <= rounds; i++) {
            System.gc();
            ManagementFactory.getMemoryPoolMXBeans().forEach(p -> p.resetPeakUsage());
            var clock = new Clock();
            long start = System.nanoTime();
            Work.run(clock, () -> product.apply(burst));
            double s = (System.nanoTime() - start) / 1e9;
            heap = Math.max(heap, peak());
            if (i == 0) {
                cold = s;
            } else if (s < best) {
                best = s;
                steps = clock.seconds();
            }
        }
        double mega = burst.width() * (double) burst.height() / 1e6;
        out.printf(
                Locale.ROOT,
                "%4d    %8.1f    %6.2f     %6.4f       %6.2f      %6.0f%n",
                burst.size(),
                mega,
                best,
                best / mega / burst.size(),
                cold,
                heap);
        out.flush();
        return new Row(burst.size(), mega, best, cold, heap, steps);
    }

    private static double peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(p -> p.getType() == MemoryType.HEAP)
                        .mapToLong(p -> p.getPeakUsage().getUsed())
                        .sum()
                / 1048576.0;
    }

    private static Burst burst(int w, int h) {
        Image world = Scenes.patchwork(w + 24, h + 24, 5);
        return BurstSimulator.of(Sensor.phone(new NoiseModel(2e-5, 5e-3), Cfa.RGGB), 5)
                .withTremor(20, 0.2)
                .shoot(new World(world))
                .burst();
    }

    /** The top left part of each frame, one n-th of the height and of the width for n = 2, of the height alone for 4. */
    private static Burst quarter(Burst burst, int parts) {
        int w = parts == 2 ? burst.width() : burst.width() / 2;
        int h = burst.height() / 2;
        var shots = new ArrayList<Shot>();
        for (Shot s : burst.shots()) {
            Raw raw = (Raw) s;
            short[] cut = new short[w * h];
            for (int y = 0; y < h; y++) {
                System.arraycopy(raw.plane(0), y * raw.width(), cut, y * w, w);
            }
            shots.add(new Raw(
                    w,
                    h,
                    raw.cfa(),
                    new short[][] {cut},
                    new float[] {raw.black(0), raw.black(1), raw.black(2), raw.black(3)},
                    raw.white(),
                    raw.colour(),
                    raw.noise(),
                    raw.exif(),
                    raw.source()));
        }
        return new Burst(shots);
    }

    /** Seconds between steps. */
    private static final class Clock implements Work.Listener {
        private final Map<String, Double> seconds = new LinkedHashMap<>();
        private String name = "start";
        private long since = System.nanoTime();

        @Override
        public void step(String step, double fraction) {
            long now = System.nanoTime();
            // A step is reported as it begins, or as parts of it are done: the time since belongs to the part that was
            // done.
            seconds.merge(fraction > 0 ? step : name, (now - since) / 1e9, Double::sum);
            name = step;
            since = now;
        }

        Map<String, Double> seconds() {
            seconds.merge(name, (System.nanoTime() - since) / 1e9, Double::sum);
            var rounded = new LinkedHashMap<String, Double>();
            seconds.forEach((k, v) -> rounded.put(k, Math.round(v * 100) / 100.0));
            return rounded;
        }
    }
}
