package dev.junco.converter;

/**
 * How well an activation of an int8 model follows its float original.
 *
 * @param value the activation's name
 * @param decibels signal-to-noise ratio, 10 · log₁₀(Σ x² / Σ (x − x̂)²); infinite where both agree
 */
public record Fidelity(String value, double decibels) {}
