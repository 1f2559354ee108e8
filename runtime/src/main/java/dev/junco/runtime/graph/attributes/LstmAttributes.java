package dev.junco.runtime.graph.attributes;

import dev.junco.runtime.graph.Attributes;

/**
 * Long short-term memory. Operands: x {@code [batch, time, features]}, w {@code [4 · units, features]}, r {@code [4 · units, outputs]},
 * bias {@code [4 · units]}, h {@code [batch, outputs]}, c {@code [batch, units]}, then, if so told, peepholes {@code [3 · units]} (gates i,
 * f, o), then gamma {@code [4 · units]} of a normalisation, then projection {@code [outputs, units]}; outputs = units without projection. Blocks of w, r and bias are the gates i (input), f
 * (forget), g (candidate), o (output), in this order. At each time
 * {@code i = gate(Wᵢ x + Rᵢ h + bᵢ + pᵢ ⊙ c)}, {@code f} alike, {@code g = candidate(W_g x + R_g h + b_g)}, {@code c ← clip(f ⊙ c + i ⊙
 * g)}, {@code o = gate(Wₒ x + Rₒ h + bₒ + pₒ ⊙ c)}, {@code h ← clip(projection · (o ⊙ output(c)))}.
 * Results: y {@code [batch, time, outputs]}, or the last h {@code [batch, outputs]} if not all are asked for; h and c after the last step.
 * Where the operands h and c are STATE values, they are changed in place, so that the next run goes on.
 *
 * <p>int8 nodes follow TensorFlow Lite's full-integer form with 16-bit cells: x, h, w, r and projection are int8, the weights symmetric with one
 * scale or one for each row (axis 0; rows of one gate have one scale); c, peepholes and gamma are int16, c with a power of two as its scale; bias is
 * int32 in steps of scale(x) · scale(w), with a normalisation of 2⁻¹⁰ · scale(gamma). A bias {@code [outputs]} of the projection, int32 or float32 like the gates', may follow the projection.
 *
 * @param goBackwards whether time runs from the end; y keeps the order of x
 * @param returnSequences whether y holds every time
 * @param peepholes whether operand peepholes is there
 * @param projection whether operand projection is there
 * @param coupled whether i = 1 − f
 * @param cellClip bound of |c|, 0 for none
 * @param projectionClip bound of |h|, 0 for none
 * @param gate function of i, f, o
 * @param candidate function of g
 * @param output function of c
 * @param hiddenScale of an int8 node: the scale of o ⊙ output(c), which the projection takes; 0 for the scale and zero point of h
 * @param hiddenZeroPoint the zero point that belongs to it, −128 to 127
 * @param normalization layer normalisation of the gates' sums, {@link GateNormalization#NONE} for none
 */
public record LstmAttributes(
        boolean goBackwards,
        boolean returnSequences,
        boolean peepholes,
        boolean projection,
        boolean coupled,
        float cellClip,
        float projectionClip,
        ScalarFunction gate,
        ScalarFunction candidate,
        ScalarFunction output,
        float hiddenScale,
        int hiddenZeroPoint,
        GateNormalization normalization)
        implements Attributes {
    /** Options of a node without normalisation, whose o ⊙ output(c) has no scale of its own. */
    public LstmAttributes(
            boolean goBackwards,
            boolean returnSequences,
            boolean peepholes,
            boolean projection,
            boolean coupled,
            float cellClip,
            float projectionClip,
            ScalarFunction gate,
            ScalarFunction candidate,
            ScalarFunction output) {
        this(
                goBackwards,
                returnSequences,
                peepholes,
                projection,
                coupled,
                cellClip,
                projectionClip,
                gate,
                candidate,
                output,
                0,
                0,
                GateNormalization.NONE);
    }

    /** The place of the operand gamma, if there is one. */
    public int gammaOperand() {
        return peepholes ? 7 : 6;
    }

    /** The place of the operand projection, if there is one. */
    public int projectionOperand() {
        return gammaOperand() + (normalization.isPresent() ? 1 : 0);
    }

    @Override
    public int code() {
        return 40;
    }
}
