package dev.fovea.onnx;

/** x */
final class OnnxFile {
    private OnnxFile() {}

    static void check(String source, byte[] weights) {}
}
