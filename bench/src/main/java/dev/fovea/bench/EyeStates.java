package dev.fovea.bench;

import dev.fovea.model.Binding;
import dev.fovea.model.ModelStore;
import dev.fovea.model.Net;
import dev.fovea.model.Tensor;
import dev.fovea.vision.EyeState;
import java.util.ArrayList;
import java.util.List;

/** The eye-state network alone, for cuts that come without a face. */
final class EyeStates implements AutoCloseable {
    static final String TASK = "eye-state";

    record In(
            @Binding(shape = {-1, 1, EyeCut.SIZE, EyeCut.SIZE})
            Tensor.Floats eyes) {}

    record Out(float[] open, float[] confidence) {}

    private final Net<In, Out> net = ModelStore.standard().open(TASK, In.class, Out.class);

    /** The states of some cuts, at once. */
    List<EyeState> look(List<EyeCut> cuts) {
        int n = EyeCut.SIZE * EyeCut.SIZE;
        var values = new float[cuts.size() * n];
        for (int i = 0; i < cuts.size(); i++) {
            System.arraycopy(cuts.get(i).grey(), 0, values, i * n, n);
        }
        Out out = net.apply(new In(new Tensor.Floats(values, cuts.size(), 1, EyeCut.SIZE, EyeCut.SIZE)));
        var states = new ArrayList<EyeState>();
        for (int i = 0; i < cuts.size(); i++) {
            states.add(new EyeState(out.open()[i], out.confidence()[i]));
        }
        return states;
    }

    @Override
    public void close() {
        net.close();
    }
}
