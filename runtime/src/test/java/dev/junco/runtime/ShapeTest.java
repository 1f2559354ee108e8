package dev.junco.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Shapes, scales and what a tensor holds. */
class ShapeTest {
    private static void rejects(Runnable made, String part) {
        String message = assertThrows(IllegalArgumentException.class, made::run).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void sizesAreTold() {
        Shape shape = Shape.of(2, 3, 5);
        assertEquals(3, shape.rank());
        assertEquals(30, shape.elements());
        assertEquals(5, shape.dim(-1));
        assertEquals(15, shape.elements(1, 3));
        assertEquals(1, shape.elements(2, 2));
        assertEquals("2×3×5", shape.toString());
        assertEquals(Shape.of(2, 7, 5), shape.with(1, 7));
        assertEquals(Shape.of(2, 3, 1), shape.with(-1, 1));
        assertEquals(Shape.of(4, 2, 3, 5), shape.prepend(4));
        assertEquals(Shape.of(3, 5), shape.dropFirst());
    }

    @Test
    void aScalarHasOneElement() {
        assertEquals(1, Shape.of().elements());
        assertEquals("scalar", Shape.of().toString());
        assertEquals(Shape.of(), Shape.of(3).dropFirst());
    }

    @Test
    void aShapeOwnsItsSizes() {
        int[] dims = {2, 3};
        Shape shape = Shape.of(dims);
        dims[0] = 9;
        shape.dims()[1] = 9;
        assertArrayEquals(new int[] {2, 3}, shape.dims());
        assertEquals(Shape.of(2, 3).hashCode(), shape.hashCode());
        assertNotEquals(Shape.of(3, 2), shape);
    }

    @Test
    void rejectsEmptyAxesAndTooManyElements() {
        rejects(() -> Shape.of(2, 0), "[2, 0] has an axis of size 0; every axis needs at least 1");
        rejects(() -> Shape.of(-1), "axis of size -1");
        assertEquals(Integer.MAX_VALUE, Shape.of(Integer.MAX_VALUE).elements());
        rejects(() -> Shape.of(1 << 16, 1 << 15), "more than 2^31-1 elements");
        rejects(() -> Shape.of(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE), "more than 2^31-1 elements");
        rejects(() -> Shape.of(1 << 30).prepend(2), "more than 2^31-1 elements");
    }

    @Test
    void rejectsScalesThatAreNotPositiveAndFinite() {
        for (float scale : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
            rejects(() -> Quantization.perTensor(scale, 0), "scale is " + scale + "; it has to be positive and finite");
            rejects(() -> Quantization.perAxis(new float[] {1, scale}, 0), "scale is " + scale);
        }
        rejects(() -> Quantization.perAxis(new float[0], 0), "found axis 0, 0 scales");
        rejects(() -> Quantization.perAxis(new float[] {1}, -1), "found axis -1, 1 scales");
        assertEquals(Float.MIN_VALUE, Quantization.perTensor(Float.MIN_VALUE, 0).scale());
    }

    @Test
    void scalesOwnTheirNumbers() {
        float[] scales = {1, 2};
        Quantization quantization = Quantization.perAxis(scales, 1);
        scales[0] = 9;
        assertEquals(Quantization.perAxis(new float[] {1, 2}, 1), quantization);
        assertNotEquals(Quantization.perAxis(new float[] {1, 2}, 0), quantization);
        assertNotEquals(Quantization.perTensor(1, 0), Quantization.perTensor(1, 1));
        assertEquals("2 scales on axis 1", quantization.toString());
        assertEquals(
                "scale 0.5, zero point -3", Quantization.perTensor(0.5f, -3).toString());
        assertEquals("none", Quantization.NONE.toString());
        assertEquals(2, quantization.scale(1));
        assertEquals(0, quantization.zeroPoint());
    }

    @Test
    void rejectsScalesThatDoNotFitTheShape() {
        Quantization two = Quantization.perAxis(new float[] {1, 2}, 1);
        assertEquals("int8 3×2", TensorSpec.int8(Shape.of(3, 2), two).toString());
        rejects(() -> TensorSpec.int8(Shape.of(3, 3), two), "2 scales on axis 1, which does not fit shape 3×3");
        rejects(() -> TensorSpec.int8(Shape.of(2), two), "does not fit shape 2");
        rejects(() -> TensorSpec.int8(Shape.of(3, 2), two).withShape(Shape.of(2, 3)), "does not fit");
        assertEquals(1L << 32, TensorSpec.float32(Shape.of(1 << 30)).bytes());
    }
}
