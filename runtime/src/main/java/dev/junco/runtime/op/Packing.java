package dev.junco.runtime.op;

/**
 * How a weight tensor is seen as the right operand of a product: {@code B[p][j] = weights[offset + p * rowStride + j * columnStride]}.
 *
 * @param k depth
 * @param n columns
 */
public record Packing(int k, int n, int offset, int rowStride, int columnStride) {}
