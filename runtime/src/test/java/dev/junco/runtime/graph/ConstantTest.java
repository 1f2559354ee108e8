package dev.junco.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.op.OperatorCatalog;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Constants in every storage, and binary16 numbers. */
class ConstantTest {
    @Test
    void everyBinary16NumberIsExactAndComesBack() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            short half = (short) bits;
            float value = Half.toFloat(half);
            int exponent = bits >> 10 & 31;
            int fraction = bits & 1023;
            double exact = exponent == 0 ? fraction * 0x1p-24 : (1024 + fraction) * Math.scalb(1.0, exponent - 25);
            double signed = bits < 1 << 15 ? exact : -exact;
            if (exponent < 31) {
                assertEquals(signed, value, "bits " + bits);
                assertEquals(half, Half.fromFloat(value), "bits " + bits);
            } else if (fraction == 0) {
                assertEquals(half, Half.fromFloat(value), "bits " + bits);
                assertTrue(Float.isInfinite(value));
            } else {
                assertTrue(Float.isNaN(value) && Float.isNaN(Half.toFloat(Half.fromFloat(value))), "bits " + bits);
            }
        }
    }

    @Test
    void theNearestBinary16NumberIsTakenTiesToEven() {
        for (int bits = 0; bits < 0x7bff; bits++) {
            // Exact: neighbours share 11 bits, so their mean needs 12.
            float middle = (Half.toFloat((short) bits) + Half.toFloat((short) (bits + 1))) / 2;
            int even = bits + (bits & 1);
            assertEquals((short) even, Half.fromFloat(middle), "above bits " + bits);
            assertEquals((short) bits, Half.fromFloat(Math.nextDown(middle)), "below the middle above bits " + bits);
            assertEquals(
                    (short) (bits + 1), Half.fromFloat(Math.nextUp(middle)), "above the middle above bits " + bits);
        }
        assertEquals((short) 0x7bff, Half.fromFloat(65519.996f));
        assertEquals((short) 0x7c00, Half.fromFloat(65520f));
        assertEquals((short) 0xfc00, Half.fromFloat(-Float.MAX_VALUE));
    }

    @Test
    void everyStorageIsDecoded() {
        assertArrayEquals(new float[] {1.5f, -2}, Constant.of(1.5f, -2f).floats(1));
        assertArrayEquals(new byte[] {1, -2}, Constant.of((byte) 1, (byte) -2).int8s());
        assertArrayEquals(new int[] {1, -2}, Constant.of(1, -2).int32s());
        ByteBuffer halves =
                ByteBuffer.wrap(new byte[] {9, 9, 0, 0x3c, 0, (byte) 0xc0}).position(2);
        assertArrayEquals(
                new float[] {1, -2},
                Constant.of(Storage.FLOAT16, halves, Quantization.NONE).floats(1));
    }

    @Test
    void scaledIntegersTakeTheScaleOfTheirIndex() {
        Quantization scales = Quantization.perAxis(new float[] {0.5f, 2}, 1);
        Constant constant =
                Constant.of(Storage.SCALED_INT8, ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, -8}), scales);
        Value value = new GraphBuilder("g", OperatorCatalog.standard())
                .constant("c", TensorSpec.float32(Shape.of(2, 2, 2)), constant);
        assertArrayEquals(new float[] {0.5f, 1, 6, 8, 2.5f, 3, 14, -16}, value.floats());
    }

    @Test
    void rejectsBytesAndScalesThatDoNotFitTheStorage() {
        ByteBuffer five = ByteBuffer.allocate(5);
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> Constant.of(Storage.FLOAT32, five, Quantization.NONE));
        assertEquals("constant has 5 bytes, no multiple of the 4 of an element", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Constant.of(Storage.SCALED_INT8, five, Quantization.NONE));
        assertThrows(
                IllegalArgumentException.class, () -> Constant.of(Storage.INT8, five, Quantization.perTensor(1, 0)));
        assertThrows(IllegalStateException.class, () -> Constant.of(1, 2).floats(1));
        assertThrows(IllegalStateException.class, () -> Constant.of(1f).int8s());
    }

    @Test
    void givenBytesAreNeverMoved() {
        ByteBuffer bytes = ByteBuffer.allocate(8);
        Constant constant = Constant.of(Storage.INT8, bytes, Quantization.NONE);
        constant.bytes().get();
        constant.int8s();
        assertEquals(0, bytes.position());
        assertEquals(8, constant.elements());
        assertTrue(constant.bytes().isReadOnly());
    }
}
