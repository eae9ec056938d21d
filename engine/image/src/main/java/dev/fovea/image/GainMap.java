package dev.fovea.image;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A coarse grid of gains that undoes the darkening towards the corners (DNG 1.4, chapter 6, GainMap): bilinear between its points,
 * constant beyond them, for every so-manyth row and column of a rectangle.
 */
final class GainMap {
    private static final int GAIN_MAP = 9;
    private static final int HEADER = 76;

    private final int top;
    private final int left;
    private final int bottom;
    private final int right;
    private final int plane;
    private final int planes;
    private final int rowPitch;
    private final int columnPitch;
    private final int pointsV;
    private final int pointsH;
    private final double spacingV;
    private final double spacingH;
    private final double originV;
    private final double originH;
    private final int depth;
    private final float[] gains;

    private GainMap(DngFile file, ByteBuffer b) {
        top = b.getInt();
        left = b.getInt();
        bottom = b.getInt();
        right = b.getInt();
        plane = b.getInt();
        planes = b.getInt();
        rowPitch = b.getInt();
        columnPitch = b.getInt();
        pointsV = b.getInt();
        pointsH = b.getInt();
        spacingV = b.getDouble();
        spacingH = b.getDouble();
        originV = b.getDouble();
        originH = b.getDouble();
        depth = b.getInt();
        long room = b.remaining() / 4;
        boolean counts = pointsV > 0 && pointsH > 0 && depth > 0 && (long) pointsV * pointsH <= room / depth;
        boolean pitches = rowPitch > 0 && columnPitch > 0 && top >= 0 && left >= 0 && plane >= 0;
        boolean grid = (pointsV == 1 || spacingV > 0) && (pointsH == 1 || spacingH > 0)
                && Double.isFinite(originV + originH + spacingV + spacingH);
        if (!counts || !pitches || !grid) {
            throw damaged(file);
        }
        gains = new float[pointsV * pointsH * depth];
        b.asFloatBuffer().get(gains);
        for (float g : gains) {
            if (!(g >= 0 && g <= 1000)) {
                throw damaged(file);
            }
        }
    }

    /** The gain maps of an opcode list, whose numbers are big-endian in any file; other opcodes are passed over. */
    static List<GainMap> of(DngFile file, byte[] list) {
        var maps = new ArrayList<GainMap>();
        var b = ByteBuffer.wrap(list);
        int count = list.length < 4 ? 0 : b.getInt();
        for (int i = 0; i < count; i++) {
            if (b.remaining() < 16) {
                throw damaged(file);
            }
            int id = b.getInt();
            b.getLong();
            int size = b.getInt();
            if (size < 0 || size > b.remaining() || id == GAIN_MAP && size < HEADER || maps.size() > 16) {
                throw damaged(file);
            }
            if (id == GAIN_MAP) {
                maps.add(new GainMap(file, b.slice(b.position(), size)));
            }
            b.position(b.position() + size);
        }
        return maps;
    }

    /**
     * Multiplies the gains of one row into an array.
     *
     * @param row gains of the columns from {@code x0} on
     * @param c the plane; a mosaic's is 0
     * @param y the row, from the corner of the active area like {@code x0}
     * @param width of the active area: the grid is laid over it
     */
    void multiply(float[] row, int c, int y, int x0, int width, int height) {
        if (c < plane || c - plane >= planes || y < top || y >= bottom || (y - top) % rowPitch != 0) {
            return;
        }
        double v = Math.clamp(((y + 0.5) / height - originV) / (pointsV == 1 ? 1 : spacingV), 0, pointsV - 1);
        int v0 = Math.min((int) v, Math.max(0, pointsV - 2));
        int v1 = Math.min(v0 + 1, pointsV - 1);
        int p = Math.min(c - plane, depth - 1);
        int first = Math.max(0, x0 - left + columnPitch - 1) / columnPitch * columnPitch + left - x0;
        for (int i = first; i < row.length && i + x0 < right; i += columnPitch) {
            double h = Math.clamp(((i + x0 + 0.5) / width - originH) / (pointsH == 1 ? 1 : spacingH), 0, pointsH - 1);
            int h0 = Math.min((int) h, Math.max(0, pointsH - 2));
            int h1 = Math.min(h0 + 1, pointsH - 1);
            double above = mix(at(v0, h0, p), at(v0, h1, p), h - h0);
            double below = mix(at(v1, h0, p), at(v1, h1, p), h - h0);
            row[i] *= (float) mix(above, below, v - v0);
        }
    }

    private float at(int v, int h, int p) {
        return gains[(v * pointsH + h) * depth + p];
    }

    private static double mix(double a, double b, double t) {
        return a + (b - a) * t;
    }

    private static dev.fovea.BadInput damaged(DngFile file) {
        return file.bad("has a damaged list of corrections (OpcodeList2)", "write it again with a DNG converter");
    }
}
