package dev.junco.runtime.op;

/** Where an int8 tensor lies. */
public record ByteRef(byte[] array, int offset) {}
