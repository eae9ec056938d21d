package dev.fovea.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.fovea.model.NetRuntime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What ONNX Runtime can compute on: the execution providers that its library was built with, by their names in small letters. */
final class Providers {
    private Providers() {}

    /** Those of this library, the processor first. */
    static List<String> present() {
        return Stream.concat(
                        Stream.of(NetRuntime.PROCESSOR),
                        OrtEnvironment.getAvailableProviders().stream()
                                .map(Providers::name)
                                .filter(name -> !name.equals(NetRuntime.PROCESSOR)))
                .toList();
    }

    /** Lets a session run on one of them. */
    static void add(String name, SessionOptions options) throws OrtException {
        if (name.equals(NetRuntime.PROCESSOR)) {
            return;
        }
        for (OrtProvider provider : OrtEnvironment.getAvailableProviders()) {
            if (name(provider).equals(name)) {
                add(provider, options);
                return;
            }
        }
        throw new OrtException("this library has no provider " + name);
    }

    private static void add(OrtProvider provider, SessionOptions options) throws OrtException {
        switch (provider) {
            case CUDA -> options.addCUDA();
            case DNNL -> options.addDnnl(true);
            case OPEN_VINO -> options.addOpenVINO("CPU");
            case TENSOR_RT -> options.addTensorrt(0);
            case NNAPI -> options.addNnapi();
            case DIRECT_ML -> options.addDirectML(0);
            case ACL -> options.addACL(true);
            case ROCM -> options.addROCM();
            case CORE_ML -> options.addCoreML();
            case XNNPACK -> options.addXnnpack(Map.of());
            default -> throw new OrtException("Fovea cannot ask for the provider " + provider);
        }
    }

    private static String name(OrtProvider provider) {
        return provider.name().toLowerCase(Locale.ROOT).replace("_", "");
    }
}
