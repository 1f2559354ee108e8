package dev.junco.converter.tflite;

import dev.junco.runtime.graph.attributes.Activation;

/** The options of an operator that is translated, by their numbers in the schema; what the file leaves out has a value all the same. */
abstract class OperationOptions {
    final OperatorInfo info;

    OperationOptions(OperatorInfo info) {
        this.info = info;
    }

    final OperatorInfo info() {
        return info;
    }

    private boolean lacks(int field) {
        return info.options() == null || !info.options().has(field);
    }

    final int optionInt(int field, int otherwise) {
        return lacks(field) ? otherwise : info.options().int32(field, otherwise);
    }

    final int optionByte(int field, int otherwise) {
        return lacks(field) ? otherwise : info.options().int8(field, otherwise);
    }

    final boolean optionBool(int field) {
        return optionByte(field, 0) != 0;
    }

    final float optionFloat(int field, float otherwise) {
        return lacks(field) ? otherwise : info.options().float32(field, otherwise);
    }

    final int[] optionInts(int field, String what) {
        return lacks(field) ? new int[0] : info.options().int32s(field, what);
    }

    /** The function that is computed on the result. */
    final Activation fused(int field) {
        int code = optionByte(field, 0);
        switch (code) {
            case 0:
                return Activation.NONE;
            case 1:
                return Activation.RELU;
            case 2:
                return Activation.RELU_N1_TO_1;
            case 3:
                return Activation.RELU6;
            case 4:
                return Activation.TANH;
            default:
                throw new Untranslatable("fused activation " + (code == 5 ? "SIGN_BIT" : code));
        }
    }
}
