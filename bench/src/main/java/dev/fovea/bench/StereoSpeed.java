package dev.fovea.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.fovea.Work;
import dev.fovea.sample.SampleStereo;
import dev.fovea.space.Stereo;
import dev.fovea.space.StereoPair;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bytedeco.opencv.global.opencv_core;

/** Speed of stereo at the settings of {@link StereoBench}, beside OpenCV in turn, two threads each, and how it grows. */
final class StereoSpeed {
    private static final int THREADS = 2;
    private static final int WARM = 12;
    private static final int ROUNDS = 7;
    private static final int[][] SIZES = {{320, 240, 64}, {640, 480, 64}, {640, 480, 128}, {1280, 960, 64}};

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private StereoSpeed() {}

    /**
     * One line of the table.
     *
     * @param ms median wall time of ours
     * @param least least wall time of ours
     * @param cpu processor time of ours, of all threads
     * @param peer median wall time of OpenCV's SGBM HH
     * @param peerCpu its processor time
     */
    record Row(int width, int height, int range, double ms, double least, double cpu, double peer, double peerCpu) {}

    static List<Row> run(PrintStream out) {
        out.printf("%nStereo, milliseconds with %d threads (a rendered pair)%n", THREADS);
        out.printf(
                "%-12s %6s %9s %9s %12s %11s %16s %6s%n",
                "size", "range", "Fovea", "least", "processor", "SGBM HH", "its processor", "ratio");
        var rows = new ArrayList<Row>();
        for (int[] size : SIZES) {
            Row row = row(size[0], size[1], size[2]);
            rows.add(row);
            out.printf(
                    Locale.ROOT,
                    "%-12s %6d %9.1f %9.1f %12.1f %11.1f %16.1f %6.2f%n",
                    row.width + " x " + row.height,
                    row.range,
                    row.ms,
                    row.least,
                    row.cpu,
                    row.peer,
                    row.peerCpu,
                    row.ms / row.peer);
        }
        return rows;
    }

    private static Row row(int width, int height, int range) {
        SampleStereo.Pair shot = SampleStereo.NORMAL.withSize(width, height).shoot();
        var pair = new StereoPair(shot.left(), shot.right());
        var ours = new Stereo(range, false);
        opencv_core.setNumThreads(THREADS);
        var ms = new double[2][ROUNDS];
        var cpu = new double[2];
        try (var peer = new CvStereo(pair, range, 0)) {
            for (int k = -WARM; k < ROUNDS; k++) {
                for (int who = 0; who < 2; who++) {
                    long start = System.nanoTime(), before = PROCESS.getProcessCpuTime();
                    if (who == 0) {
                        Work.threads(THREADS, () -> ours.apply(pair));
                    } else {
                        peer.matched();
                    }
                    if (k >= 0) {
                        ms[who][k] = (System.nanoTime() - start) * 1e-6;
                        cpu[who] += (PROCESS.getProcessCpuTime() - before) * 1e-6 / ROUNDS;
                    }
                }
            }
        }
        Arrays.sort(ms[0]);
        Arrays.sort(ms[1]);
        return new Row(width, height, range, ms[0][ROUNDS / 2], ms[0][0], cpu[0], ms[1][ROUNDS / 2], cpu[1]);
    }
}
