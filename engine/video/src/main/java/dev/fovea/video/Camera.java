package dev.fovea.video;

import dev.fovea.BadInput;
import dev.fovea.image.Frame;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avdevice.AVDeviceInfoList;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.javacpp.Pointer;

/**
 * A camera of this machine as an endless sequence of frames, whose times count from the first one. A frame is taken when it is asked for;
 * what nobody asks for is lost. There is one loop; one thread at a time.
 */
public final class Camera implements Iterable<Frame>, AutoCloseable {
    private final String name;
    private final Reading reading;
    private boolean begun;

    private Camera(String name, Reading reading) {
        this.name = name;
        this.reading = reading;
    }

    /** A camera that is there: its name, and what its system calls it. */
    private record Present(String name, String address) {}

    /** The names of the cameras that are there; a place in this list is an index for {@link #open}. */
    public static List<String> present() {
        return found().stream().map(Present::name).toList();
    }

    /**
     * Opens a camera in the size and rate that it prefers.
     *
     * @param index its place among those {@link #present}, from 0
     * @throws BadInput if there is no such camera, or it cannot be used
     */
    public static Camera open(int index) {
        List<Present> all = found();
        if (index < 0 || index >= all.size()) {
            String there = all.isEmpty()
                    ? "there is no camera"
                    : "there are "
                            + IntStream.range(0, all.size())
                                    .mapToObj(i -> i + " (" + all.get(i).name + ")")
                                    .collect(Collectors.joining(", "));
            throw new BadInput(
                    "camera " + index, "is not there: " + there, all.isEmpty() ? "connect one" : "choose one of these");
        }
        Present camera = all.get(index);
        return open("camera " + index + " (" + camera.name + ")", driver(), camera.address);
    }

    /** Opens anything that FFmpeg has a device for. */
    static Camera open(String name, String driver, String address) {
        try {
            return new Camera(name, Reading.of(Input.open(name, address, format(driver), Map.of())));
        } catch (Input.Unreadable e) {
            throw new BadInput(
                    name,
                    "cannot be used: " + Ffmpeg.words(e.code).toLowerCase(Locale.ROOT),
                    "close other programs that use it, and allow this one to");
        }
    }

    private static AVInputFormat format(String driver) {
        Ffmpeg.ready();
        avdevice.avdevice_register_all();
        AVInputFormat format = avformat.av_find_input_format(driver);
        if (format == null || format.isNull()) {
            throw new BadInput("FFmpeg", "has no cameras on this system (" + driver + ")", "use a video file");
        }
        return format;
    }

    /** How the system's cameras are driven. */
    private static String driver() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return system.contains("mac") ? "avfoundation" : system.contains("windows") ? "dshow" : "v4l2";
    }

    private static List<Present> found() {
        return driver().equals("v4l2") ? linux(Path.of("/sys/class/video4linux")) : listed(driver());
    }

    /** Linux tells its cameras in a folder; what has an index of its own besides 0 is a camera's second stream, of data. */
    static List<Present> linux(Path folder) {
        var found = new ArrayList<Present>();
        try (DirectoryStream<Path> devices = Files.newDirectoryStream(folder, "video*")) {
            for (Path device : devices) {
                if (line(device.resolve("index"), "0").equals("0")) {
                    String file = String.valueOf(device.getFileName());
                    found.add(new Present(line(device.resolve("name"), file), "/dev/" + file));
                }
            }
        } catch (IOException e) {
            return List.of(); // no such folder: no cameras
        }
        found.sort(Comparator.comparingInt((Present p) -> p.address.length()).thenComparing(Present::address));
        return found;
    }

    private static String line(Path file, String otherwise) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return otherwise;
        }
    }

    private static List<Present> listed(String driver) {
        var list = new AVDeviceInfoList((Pointer) null);
        if (avdevice.avdevice_list_input_sources(format(driver), (String) null, (AVDictionary) null, list) < 0) {
            return List.of();
        }
        var found = new ArrayList<Present>();
        for (int i = 0; i < list.nb_devices(); i++) {
            String device = list.devices(i).device_name().getString();
            String name = list.devices(i).device_description().getString();
            found.add(new Present(name, driver.equals("dshow") ? "video=" + device : device));
        }
        avdevice.avdevice_free_list_devices(list);
        return found;
    }

    /** Pixels per row. */
    public int width() {
        return reading.width();
    }

    /** Rows. */
    public int height() {
        return reading.height();
    }

    /** Frames per second that the camera promises. */
    public double rate() {
        return reading.rate();
    }

    /** The frames from now on; ends when the camera is unplugged. */
    @Override
    public Iterator<Frame> iterator() {
        if (begun) {
            throw new IllegalStateException(name + " is read by another loop");
        }
        begun = true;
        return new Iterator<>() {
            private boolean ready;

            @Override
            public boolean hasNext() {
                ready = ready || reading.next();
                return ready;
            }

            @Override
            public Frame next() {
                if (!hasNext()) {
                    throw new NoSuchElementException(name + " has ended");
                }
                ready = false;
                return reading.frame();
            }
        };
    }

    @Override
    public String toString() {
        return name;
    }

    /** Lets the camera go. */
    @Override
    public void close() {
        reading.close();
    }
}
