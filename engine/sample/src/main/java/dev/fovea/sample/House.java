package dev.fovea.sample;

import org.jspecify.annotations.Nullable;

/**
 * One house front, in metres: u along the street from its left corner, v up from the ground.
 *
 * @param from where it begins along the street
 * @param width along the street
 * @param storeys above the ground floor
 * @param gable the outline of its top
 * @param brick whether its wall is of brick rather than plaster
 * @param wall red, green, blue of the wall
 * @param shutters colour of the shutters, or null
 * @param shop the name over the shop's window, or empty for a plain ground floor
 * @param columns windows side by side
 */
record House(
        double from,
        double width,
        int storeys,
        Gable gable,
        boolean brick,
        double[] wall,
        double @Nullable [] shutters,
        String shop,
        int columns,
        int seed) {
    /** Outlines of gables. */
    enum Gable {
        STEPPED,
        POINTED,
        BELL,
        FLAT
    }

    static final double GROUND_FLOOR = 3.3;
    static final double STOREY = 2.85;

    private static final double[][] PLASTER = {
        {0.52, 0.33, 0.17},
        {0.55, 0.42, 0.27},
        {0.50, 0.22, 0.16},
        {0.36, 0.40, 0.42},
        {0.60, 0.54, 0.42},
        {0.30, 0.38, 0.34},
        {0.56, 0.36, 0.30}
    };
    private static final double[][] BRICK = {{0.34, 0.13, 0.085}, {0.27, 0.12, 0.09}, {0.40, 0.20, 0.12}};
    private static final double[][] SHUTTERS = {{0.03, 0.13, 0.10}, {0.10, 0.025, 0.025}, {0.04, 0.07, 0.14}};

    static House make(double from, int index, String shop, int seed) {
        boolean brick = Grain.hash(index, 1, seed) < 0.45;
        double[][] walls = brick ? BRICK : PLASTER;
        double width = 5.0 + 2.6 * Grain.hash(index, 2, seed);
        return new House(
                from,
                width,
                2 + (Grain.hash(index, 3, seed) < 0.5 ? 1 : 0),
                Gable.values()[(int) (4 * Grain.hash(index, 4, seed))],
                brick,
                walls[(int) (walls.length * Grain.hash(index, 5, seed))],
                Grain.hash(index, 6, seed) < 0.42 ? SHUTTERS[(int) (3 * Grain.hash(index, 7, seed))] : null,
                shop,
                width > 6.3 ? 3 : 2,
                seed * 31 + index);
    }

    double eaves() {
        return GROUND_FLOOR + storeys * STOREY + 0.35;
    }

    /** The height of the outline at a place along the front. */
    double top(double u) {
        double t = Math.abs(2 * u / width - 1);
        double rise = width * 0.62;
        return eaves()
                + switch (gable) {
                    case STEPPED -> rise * (1 - Math.floor(t * 5 + 0.35) / 5.2);
                    case POINTED -> rise * (1 - t) + 0.25;
                    case BELL ->
                        t > 0.9
                                ? 0.4
                                : t > 0.48
                                        ? 0.55 + 1.5 * Math.pow((0.9 - t) / 0.42, 2)
                                        : 2.05 + rise * 0.42 * Math.sqrt(1 - t * t / 0.25 * 0.98);
                    case FLAT -> 0.55;
                };
    }

    /** The height of the roof behind the front. */
    double roof(double u) {
        double t = Math.abs(2 * u / width - 1);
        return eaves() + (gable == Gable.FLAT ? 0.2 : width * 0.56 * (1 - t) - 0.1);
    }
}
