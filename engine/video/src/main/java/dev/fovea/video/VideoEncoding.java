package dev.fovea.video;

/**
 * The choices of an encoder of video.
 *
 * @param rate frames per second; what the container notes, and the raster of times where it knows only a fixed rate (AVI, Y4M)
 * @param quality 1..100: 75 looks like the original at a glance, 95 under a magnifying glass
 * @param coding how pictures are coded
 */
public record VideoEncoding(double rate, int quality, Coding coding) {
    /** 25 frames per second, quality 80, the container's usual coding. */
    public static final VideoEncoding NORMAL = new VideoEncoding(25, 80, Coding.USUAL);

    /** How pictures are coded. */
    public enum Coding {
        /** What players of the container expect: H.264 in MP4, MOV and MKV, VP8 in WebM, MJPEG in AVI, none in Y4M. */
        USUAL,
        /** H.264, Baseline profile. */
        H264,
        /** VP8. */
        VP8,
        /** AV1: smallest and slowest. */
        AV1,
        /** A JPEG a frame. */
        MJPEG
    }

    /** Checks the ranges. */
    public VideoEncoding {
        if (!(rate >= 0.01 && rate <= 1000)) {
            throw new IllegalArgumentException("rate is " + rate + ", but must lie between 0.01 and 1000");
        }
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality is " + quality + ", but must lie between 1 and 100");
        }
    }

    /** The same at another rate. */
    public VideoEncoding withRate(double r) {
        return new VideoEncoding(r, quality, coding);
    }

    /** The same with another quality. */
    public VideoEncoding withQuality(int q) {
        return new VideoEncoding(rate, q, coding);
    }

    /** The same coded otherwise. */
    public VideoEncoding withCoding(Coding c) {
        return new VideoEncoding(rate, quality, c);
    }
}
