package dev.junco.runtime;

import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Recording;
import java.nio.ByteBuffer;

/** Runs a recorded sample and compares. */
final class SelfTestRun {
    private SelfTestRun() {}

    /** The recording again, on an interpreter of its sizes that was never run and may take NaN. */
    static SelfTest of(Recording recording, Interpreter interpreter) {
        int i = 0;
        for (Tensor input : interpreter.inputs().values()) {
            fill(input.elements(), recording.inputs().get(i++));
        }
        interpreter.run();
        i = 0;
        for (Tensor output : interpreter.outputs().values()) {
            Constant expected = recording.outputs().get(i);
            SelfTest difference =
                    compare(output, expected, recording.tolerances().get(i++));
            if (difference != null) {
                return difference;
            }
        }
        return SelfTest.PASSED;
    }

    private static void fill(Elements target, Constant pattern) {
        ByteBuffer bytes = pattern.bytes();
        int count = pattern.elements();
        for (int i = 0; i < target.size; i++) {
            int from = i % count;
            int at = target.offset + i;
            if (target.floats != null) {
                target.floats[at] = bytes.getFloat(from * Float.BYTES);
            } else if (target.ints != null) {
                target.ints[at] = bytes.getInt(from * Integer.BYTES);
            } else if (target.shorts != null) {
                target.shorts[at] = bytes.getShort(from * Short.BYTES);
            } else {
                boolean isTruth = target.spec.type() == DType.BOOL;
                target.bytes[at] = isTruth && bytes.get(from) != 0 ? 1 : bytes.get(from);
            }
        }
    }

    /** The first element that differs, null if none does. */
    private static SelfTest compare(Tensor output, Constant recorded, float tolerance) {
        ByteBuffer bytes = recorded.bytes();
        int count = recorded.elements();
        for (int j = 0; j < count; j++) {
            int index = Recording.index(j, count, output.size());
            double found = output.elements().stored(index);
            double expected = element(recorded, bytes, j);
            // Of infinities and of NaN the difference is NaN.
            boolean same = Math.abs(found - expected) <= tolerance || Double.compare(found, expected) == 0;
            if (!same) {
                return new SelfTest(SelfTest.Outcome.FAILED, output.name(), index, found, expected, tolerance);
            }
        }
        return null;
    }

    private static double element(Constant recorded, ByteBuffer bytes, int index) {
        switch (recorded.storage()) {
            case FLOAT32:
                return bytes.getFloat(index * Float.BYTES);
            case INT32:
                return bytes.getInt(index * Integer.BYTES);
            case INT16:
                return bytes.getShort(index * Short.BYTES);
            case BOOL:
                return bytes.get(index) == 0 ? 0 : 1;
            default:
                return bytes.get(index);
        }
    }
}
