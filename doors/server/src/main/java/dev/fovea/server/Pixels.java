package dev.fovea.server;

import java.util.List;

/**
 * How many pixels an order has, which tells how much memory it needs.
 *
 * @param largest of the largest picture
 * @param all of all pictures together; of a video those of a burst
 */
record Pixels(long largest, long all) {
    /** Of some pictures of one size. */
    static Pixels of(int count, long each) {
        return new Pixels(each, count * each);
    }

    static Pixels of(List<Input> inputs) {
        long largest = inputs.stream().mapToLong(Input::pixels).max().orElse(0);
        return inputs.size() == 1
                ? new Pixels(largest, BurstService.FRAMES * largest)
                : new Pixels(largest, inputs.stream().mapToLong(Input::pixels).sum());
    }
}
