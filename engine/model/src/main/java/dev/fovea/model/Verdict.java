package dev.fovea.model;

import java.util.Optional;

/**
 * Whether a model's weights are what its card or the catalogue says.
 *
 * @param model the model
 * @param problem what is wrong, as a sentence; empty if nothing is
 */
public record Verdict(Model model, Optional<String> problem) {}
