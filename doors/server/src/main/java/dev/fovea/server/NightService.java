package dev.fovea.server;

import dev.fovea.image.Burst;
import dev.fovea.photo.Night;
import dev.fovea.photo.NightShot;

/** A handheld burst becomes one picture. */
final class NightService extends BurstService {
    NightService() {
        super(NightShot.class, NightShot.Look.NATURAL);
    }

    @Override
    public String name() {
        return "night";
    }

    @Override
    public String about() {
        return "A handheld burst taken in the dark becomes one clean, sharp, well-toned picture.";
    }

    @Override
    public int bytesPerPixel() {
        return 96;
    }

    @Override
    Night shoot(Order order, NightShot.Look wished, Burst burst) {
        return order.turned(new NightShot()).withLook(wished).shoot(burst);
    }

    @Override
    String java(Order order) {
        return """
                Burst burst = Burst.read(Path.of("pictures"));
                Image photo = new NightShot().apply(burst);
                photo.write(Path.of("night.jpg"));
                """;
    }
}
