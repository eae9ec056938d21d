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

/**
 * Pictures on one dark sheet: sections with a heading, in them rows whose pictures are all as high and together as wide as the sheet, each
 * with a small caption.
 */
final class ContactSheet {
    /**
     * A picture and what to call it.
     *
     * @param name empty for none
     */
    record Shown(String name, Image image) {
        double aspect() {
            return (double) image.width() / image.height();
        }
    }

    /**
     * What belongs together.
     *
     * @param words what it shows, in a line
     */
    record Section(String title, String words, List<List<Shown>> rows) {}

    private static final int WIDTH = 2400;
    private static final int MARGIN = 120;
    private static final int GAP = 18;
    private static final int CAPTION = 46;
    private static final int HEADING = 110;
    private static final int SECTION = 70;
    private static final int TITLE = 210;
    /** Rows of few pictures become no higher. */
    private static final int HIGHEST = 620;

    private static final Color GROUND = new Color(0x131416);
    private static final Color LIGHT = new Color(0xe9e6df);
    private static final Color QUIET = new Color(0x8d8f94);
    private static final Color LINE = new Color(0x2b2d31);

    private final Graphics2D g;

    private ContactSheet(Graphics2D g) {
        this.g = g;
    }

    static void write(String title, String words, List<Section> sections, Path file) {
        int height = TITLE + MARGIN;
        for (Section section : sections) {
            height += SECTION + HEADING;
            for (List<Shown> row : section.rows) {
                height += height(row) + CAPTION + GAP;
            }
        }
        var sheet = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        g.setColor(GROUND);
        g.fillRect(0, 0, WIDTH, height);
        new ContactSheet(g).draw(title, words, sections);
        g.dispose();
        image(sheet).write(file, Exif.NONE, new Encoding(92, 8));
    }

    private void draw(String title, String words, List<Section> sections) {
        text(title, Font.BOLD, 58, LIGHT, MARGIN, MARGIN + 40);
        text(words, Font.PLAIN, 24, QUIET, MARGIN, MARGIN + 84);
        int y = TITLE;
        for (Section section : sections) {
            y += SECTION;
            g.setColor(LINE);
            g.fillRect(MARGIN, y - 24, WIDTH - 2 * MARGIN, 1);
            text(section.title, Font.BOLD, 32, LIGHT, MARGIN, y + 34);
            text(section.words, Font.PLAIN, 21, QUIET, MARGIN, y + 70);
            y += HEADING;
            for (List<Shown> row : section.rows) {
                row(row, y);
                y += height(row) + CAPTION + GAP;
            }
        }
    }

    private void text(String words, int style, int size, Color colour, int x, int y) {
        g.setFont(new Font(Font.SANS_SERIF, style, size));
        g.setColor(colour);
        g.drawString(words, x, y);
    }

    /** At which height the pictures of a row fill it. */
    private static int height(List<Shown> row) {
        double aspects = row.stream().mapToDouble(Shown::aspect).sum();
        double room = WIDTH - 2 * MARGIN - (row.size() - 1) * GAP;
        return (int) Math.min(HIGHEST, Math.round(room / aspects));
    }

    private void row(List<Shown> row, int y) {
        int high = height(row);
        double x = MARGIN;
        for (Shown shown : row) {
            int left = (int) Math.round(x);
            int right = (int) Math.round(x + high * shown.aspect());
            g.drawImage(small(shown.image, Math.max(1, Math.min(right, WIDTH - MARGIN) - left), high), left, y, null);
            text(shown.name, Font.PLAIN, 18, QUIET, left, y + high + 26);
            x += high * shown.aspect() + GAP;
        }
    }

    private static BufferedImage small(Image image, int w, int h) {
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
