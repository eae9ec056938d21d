package dev.fovea.image;

import java.util.Comparator;

/** Names in the order people expect: numbers inside them count by their value, so IMG_2 comes before IMG_10. Case matters last. */
enum NaturalOrder implements Comparator<String> {
    /** The order. */
    NAMES;

    @Override
    public int compare(String a, String b) {
        int i = 0, j = 0;
        while (i < a.length() && j < b.length()) {
            int order;
            if (digit(a.charAt(i)) && digit(b.charAt(j))) {
                int u = end(a, i), v = end(b, j);
                order = compareNumbers(a.substring(i, u), b.substring(j, v));
                i = u;
                j = v;
            } else {
                order = Character.compare(Character.toLowerCase(a.charAt(i++)), Character.toLowerCase(b.charAt(j++)));
            }
            if (order != 0) {
                return order;
            }
        }
        int order = Integer.compare(a.length() - i, b.length() - j);
        return order != 0 ? order : a.compareTo(b);
    }

    /** By value: without leading zeros, the longer is the larger. */
    private static int compareNumbers(String a, String b) {
        String x = a.replaceFirst("^0+", ""), y = b.replaceFirst("^0+", "");
        return x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
    }

    private static int end(String s, int from) {
        int i = from;
        while (i < s.length() && digit(s.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
