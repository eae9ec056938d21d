package dev.fovea.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What the processor can do with 8-bit integers. */
final class Processor {
    /**
     * Instructions that add up products of 8 bits in 32. Without one of them (AVX2 alone) pairs of products are added in 16 bits, which
     * overflow unless weights have only 7 bits.
     */
    private static final Set<String> WIDE_SUMS =
            Set.of("avx_vnni", "avx512_vnni", "amx_int8", "avx_vnni_int8", "asimddp", "i8mm");

    private Processor() {}

    /** How many bits a weight may have. */
    static int bits() {
        return bits(described());
    }

    static int bits(List<String> description) {
        return description.stream()
                        .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                        .findFirst()
                        .map(line -> List.of(line.split("\\s+")))
                        .filter(flags -> flags.stream().anyMatch(WIDE_SUMS::contains))
                        .isPresent()
                ? 8
                : 7;
    }

    private static List<String> described() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo"));
        } catch (IOException e) {
            return List.of(); // no Linux: the careful way
        }
    }
}
