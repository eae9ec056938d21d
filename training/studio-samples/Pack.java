import dev.fovea.space.Depth;
import dev.fovea.space.JpegDepth;
import java.io.IOException;
import java.nio.file.Path;

/** Puts a depth map (16-bit PNG, millimetres) into a JPEG: {@code java --class-path ... Pack.java PHOTO DEPTH TARGET}. */
class Pack {
    public static void main(String[] args) throws IOException {
        JpegDepth.write(Path.of(args[0]), Depth.read(Path.of(args[1])), Path.of(args[2]));
    }
}
