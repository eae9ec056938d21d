package dev.fovea.bench;

import dev.fovea.image.Colour;
import dev.fovea.image.Image;
import dev.fovea.vision.EyeState;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A contact sheet of eyes: what the network saw, and under each how far it holds it open; faint where it does not know. */
final class EyeSheet {
    private static final int SIDE = 96;
    private static final int LINE = 22;
    private static final int TITLE = 30;
    private static final Color PAPER = new Color(18, 20, 26);
    private static final Color INK = new Color(230, 235, 245);
    private static final Color OPEN = new Color(120, 225, 255);
    private static final Color SHUT = new Color(255, 112, 92);

    /**
     * Some eyes under a title.
     *
     * @param title what they have in common
     * @param cuts what the network saw
     * @param states what it said
     */
    record Row(String title, List<EyeCut> cuts, List<EyeState> states) {}

    private EyeSheet() {}

    static void write(List<Row> rows, Path file) {
        int columns = rows.stream().mapToInt(r -> r.cuts.size()).max().orElse(1);
        int height = TITLE + SIDE + LINE;
        var sheet = new BufferedImage(columns * (SIDE + 4) + 16, rows.size() * height + 16, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        g.setColor(PAPER);
        g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int r = 0; r < rows.size(); r++) {
            draw(g, rows.get(r), 8 + r * height);
        }
        g.dispose();
        picture(sheet).write(file);
    }

    private static void draw(Graphics2D g, Row row, int y) {
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        g.setColor(INK);
        g.drawString(row.title, 8, y + TITLE - 9);
        for (int i = 0; i < row.cuts.size(); i++) {
            int x = 8 + i * (SIDE + 4);
            g.drawImage(pixels(row.cuts.get(i)), x, y + TITLE, SIDE, SIDE, null);
            draw(g, row.states.get(i), x, y + TITLE + SIDE);
        }
    }

    /** A bar as long as the eye is open, and both numbers. */
    private static void draw(Graphics2D g, EyeState state, int x, int y) {
        double sure = state.confidence();
        Color base = state.open() >= EyeState.HALF ? OPEN : SHUT;
        g.setColor(new Color(base.getRed(), base.getGreen(), base.getBlue(), (int) (55 + 200 * sure)));
        g.setStroke(new BasicStroke(3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.drawLine(x + 2, y + 4, x + 2 + (int) Math.round((SIDE - 5) * state.open()), y + 4);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        g.drawString(String.format(Locale.ROOT, "%.2f", state.open()), x + 1, y + 18);
        g.setColor(new Color(150, 156, 170));
        g.drawString(String.format(Locale.ROOT, "sure %.2f", sure), x + 40, y + 18);
    }

    private static BufferedImage pixels(EyeCut cut) {
        var out = new BufferedImage(EyeCut.SIZE, EyeCut.SIZE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < EyeCut.SIZE * EyeCut.SIZE; i++) {
            int level = Math.clamp(Math.round(255 * cut.grey()[i]), 0, 255);
            out.setRGB(i % EyeCut.SIZE, i / EyeCut.SIZE, level << 16 | level << 8 | level);
        }
        return out;
    }

    private static Image picture(BufferedImage sheet) {
        int[] rgb = ((DataBufferInt) sheet.getRaster().getDataBuffer()).getData();
        var planes = new float[3][rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            for (int c = 0; c < 3; c++) {
                planes[c][i] = (rgb[i] >> 16 - 8 * c & 0xFF) / 255f;
            }
        }
        return Image.of(sheet.getWidth(), sheet.getHeight(), Colour.SRGB, planes);
    }
}
