package dev.junco.runtime;

import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Recording;

/** Runs a recorded sample and compares. */
final class SelfTestRun {
    private SelfTestRun() {}

    /** The recording again, on an interpreter of its sizes that was never run and may take NaN. */
    static SelfTest of(Recording recording, Interpreter interpreter) {
        int at = 0;
        for (Tensor input : interpreter.inputs().values()) {
            Elements target = input.elements();
            Elements pattern = recorded(recording.inputs().get(at++), target);
            for (int i = 0; i < target.size; i++) {
                target.copy(i, pattern, i % pattern.size);
            }
        }
        interpreter.run();
        at = 0;
        for (Tensor output : interpreter.outputs().values()) {
            float tolerance = recording.tolerances().get(at);
            SelfTest difference =
                    compare(output, recorded(recording.outputs().get(at++), output.elements()), tolerance);
            if (difference != null) {
                return difference;
            }
        }
        return SelfTest.PASSED;
    }

    /** The recorded elements of a tensor. */
    private static Elements recorded(Constant some, Elements all) {
        return new Elements(
                new TensorSpec(all.spec.type(), Shape.of(some.elements()), Quantization.NONE), some.array(1), 0);
    }

    /** The first element that differs, null if none does. */
    private static SelfTest compare(Tensor output, Elements recorded, float tolerance) {
        for (int j = 0; j < recorded.size; j++) {
            int index = Recording.index(j, recorded.size, output.size());
            double found = output.elements().stored(index);
            double expected = recorded.stored(j);
            // Of infinities and of NaN the difference is NaN.
            if (!(Math.abs(found - expected) <= tolerance) && Double.compare(found, expected) != 0) {
                return new SelfTest(SelfTest.Outcome.FAILED, output.name(), index, found, expected, tolerance);
            }
        }
        return null;
    }
}
