package dev.fovea.bench;

import dev.fovea.image.Colour;
import dev.fovea.image.Encoding;
import dev.fovea.image.Exif;
import dev.fovea.image.Image;
import dev.fovea.image.Resize;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/** Pictures with their names below, row by row on one sheet. */
final class ContactSheet {
    /** A picture and what to call it. */
    record Shown(String name, Image image) {}

    private static final int COLUMNS = 3;
    private static final int WIDE = 560;
    private static final int HIGH = 420;
    private static final int GAP = 24;
    private static final int TEXT = 36;

    private ContactSheet() {}

    static void write(List<Shown> pictures, Path file) {
        int rows = (pictures.size() + COLUMNS - 1) / COLUMNS;
        var sheet = new BufferedImage(
                COLUMNS * (WIDE + GAP) + GAP,
                Math.max(1, rows) * (HIGH + TEXT + GAP) + GAP,
                BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(new Color(0x1c1c1e));
        g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 20));
        g.setColor(new Color(0xe8e8ea));
        for (int i = 0; i < pictures.size(); i++) {
            int x = GAP + i % COLUMNS * (WIDE + GAP);
            int y = GAP + i / COLUMNS * (HIGH + TEXT + GAP);
            BufferedImage small = small(pictures.get(i).image());
            g.drawImage(small, x + (WIDE - small.getWidth()) / 2, y + (HIGH - small.getHeight()) / 2, null);
            g.drawString(pictures.get(i).name(), x, y + HIGH + 26);
        }
        g.dispose();
        image(sheet).write(file, Exif.NONE, new Encoding(90, 8));
    }

    private static BufferedImage small(Image image) {
        double scale = Math.min((double) WIDE / image.width(), (double) HIGH / image.height());
        int w = Math.max(1, (int) Math.round(image.width() * scale));
        int h = Math.max(1, (int) Math.round(image.height() * scale));
        Image small = new Resize(w, h, Resize.Filter.MITCHELL).apply(image.to(Colour.SRGB));
        var out = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < w * h; i++) {
            int rgb = 0;
            for (int c = 0; c < 3; c++) {
                rgb = rgb << 8 | Math.round(255 * Math.clamp(small.plane(c)[i], 0f, 1f));
            }
            out.setRGB(i % w, i / w, rgb);
        }
        return out;
    }

    private static Image image(BufferedImage sheet) {
        int w = sheet.getWidth();
        int h = sheet.getHeight();
        var planes = new float[3][w * h];
        for (int i = 0; i < w * h; i++) {
            int rgb = sheet.getRGB(i % w, i / w);
            for (int c = 0; c < 3; c++) {
                planes[c][i] = (rgb >> (16 - 8 * c) & 255) / 255f;
            }
        }
        return Image.of(w, h, Colour.SRGB, planes);
    }
}
