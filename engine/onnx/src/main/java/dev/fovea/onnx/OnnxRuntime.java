package dev.fovea.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.fovea.BadInput;
import dev.fovea.model.NetRuntime;
import dev.fovea.model.Precision;
import dev.fovea.model.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** ONNX Runtime on the processor, as the service that {@code dev.fovea.model} looks for. */
public final class OnnxRuntime implements NetRuntime {
    /** Called by the service loader; loads nothing native yet. */
    public OnnxRuntime() {}

    @Override
    public String name() {
        return "ONNX Runtime " + Native.ENVIRONMENT.getVersion();
    }

    @Override
    public Session open(String source, byte[] weights, int threads) {
        return open(source, weights, threads, PROCESSOR);
    }

    @Override
    public Session open(String source, byte[] weights, int threads, String provider) {
        OnnxFile.check(source, weights);
        try (var options = new SessionOptions()) {
            configure(options, threads);
            Providers.add(provider, options);
            return new OnnxSession(source, Native.ENVIRONMENT, Native.ENVIRONMENT.createSession(weights, options));
        } catch (OrtException e) {
            throw refusal(source, e);
        }
    }

    @Override
    public List<String> providers() {
        Native.ENVIRONMENT.getVersion(); // loads the library, which alone knows
        return Providers.present();
    }

    @Override
    public Map<Precision, byte[]> quantised(String source, byte[] weights, List<List<Tensor>> examples) {
        OnnxFile.check(source, weights);
        return Calibration.of(this, source, weights, examples);
    }

    /** Writes a network with its constants worked out and its normalisations taken into convolutions. */
    void simplify(String source, byte[] weights, Path target) {
        OnnxFile.check(source, weights);
        try (var options = new SessionOptions()) {
            configure(options, 1);
            options.setOptimizationLevel(SessionOptions.OptLevel.BASIC_OPT);
            options.setOptimizedModelFilePath(target.toString());
            Native.ENVIRONMENT.createSession(weights, options).close();
        } catch (OrtException e) {
            throw refusal(source, e);
        }
    }

    private static BadInput refusal(String source, OrtException e) {
        return new BadInput(
                source,
                "cannot be opened as a network: " + OnnxSession.reason(e),
                "restore the file or use another model",
                e);
    }

    private static void configure(SessionOptions options, int threads) throws OrtException {
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        // A waiting thread that spins takes a processor from whoever has work.
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.addConfigEntry("session.inter_op.allow_spinning", "0");
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        // A plan is kept for every shape that is ever met, and saves nothing that can be measured.
        options.setMemoryPatternOptimization(false);
    }

    /** Made when the first network is opened: loading the library takes a while. */
    private static final class Native {
        static final OrtEnvironment ENVIRONMENT = environment();

        private static OrtEnvironment environment() {
            Silence.keep();
            NativeCache.prepare();
            var environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "fovea");
            try {
                environment.setTelemetry(false);
            } catch (OrtException e) {
                throw new IllegalStateException("telemetry cannot be turned off", e);
            }
            return environment;
        }
    }
}
