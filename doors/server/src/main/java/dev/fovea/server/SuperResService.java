package dev.fovea.server;

import dev.fovea.Knobs;
import dev.fovea.image.Burst;
import dev.fovea.photo.Night;
import dev.fovea.photo.NightShot;
import dev.fovea.photo.SuperRes;
import java.util.Map;

/** A burst, or a single picture, becomes a larger one. */
final class SuperResService extends BurstService {
    SuperResService() {
        super(SuperRes.class, NightShot.Look.NEUTRAL);
    }

    @Override
    public String name() {
        return "superres";
    }

    @Override
    public String about() {
        return "A burst, or a single picture, becomes a larger one with more detail and less noise.";
    }

    @Override
    public int bytesPerPixel() {
        return 192;
    }

    /** What is made counts, not what is given: the figure is of twice the size. */
    @Override
    public long memory(Pixels pixels, Map<String, String> wishes) {
        double scale = Knobs.turn(new SuperRes(), wishes).scale();
        return (long) (super.memory(pixels, wishes) * Math.max(1, scale * scale / 4));
    }

    @Override
    Night shoot(Order order, NightShot.Look wished, Burst burst) {
        return Knobs.change(order.turned(new SuperRes()), Map.of("look", wished))
                .enlarge(burst);
    }

    @Override
    String java(Order order) {
        return """
                Burst burst = Burst.read(Path.of("pictures"));
                Image photo = new SuperRes(%s).apply(burst);
                photo.write(Path.of("superres.jpg"));
                """.formatted(order.wish("scale", "2"));
    }
}
