package dev.fovea.vision;

/**
 * A change to what is seen: a record whose {@link dev.fovea.Knob} components are sliders, command-line flags and JSON at once, with one
 * sentence {@link About} what it does. One file makes one; {@link Effects} finds it.
 */
public sealed interface Effect permits Paint {}
