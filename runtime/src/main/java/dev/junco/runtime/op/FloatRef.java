package dev.junco.runtime.op;

/** Where a float tensor lies. */
public record FloatRef(float[] array, int offset) {}
