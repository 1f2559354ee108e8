package dev.junco.runtime.op;

/** Where an int32 tensor lies. */
public record IntRef(int[] array, int offset) {}
