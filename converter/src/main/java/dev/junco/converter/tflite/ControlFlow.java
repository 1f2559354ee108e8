package dev.junco.converter.tflite;

/** Why branches and loops that depend on what is computed are refused: a Junco graph runs all of its nodes, each once. */
final class ControlFlow {
    private ControlFlow() {}

    /** What to say about an operator that chooses or repeats a subgraph, null for every other one. */
    static String refusal(OperatorInfo operator, Assembly assembly) {
        if (operator.custom()) {
            return null;
        }
        int[] inputs = operator.inputs();
        switch (operator.name()) {
            case "IF":
                String condition = inputs.length > 0 && inputs[0] >= 0
                        ? " " + assembly.tensor(inputs[0]).label()
                        : "";
                return "its condition" + condition
                        + " is computed, expected a constant. Export the branch that the device"
                        + " needs, or compute both and choose with SELECT_V2";
            case "WHILE":
                return "it repeats a subgraph until a computed condition ends it. Export the model with the loop"
                        + " unrolled, or with a recurrent layer (LSTM, RNN, SVDF) in its place";
            case "CALL", "CALL_ONCE":
                return "it calls a subgraph of its own. Export the model with functions inlined and variables frozen";
            default:
                return null;
        }
    }
}
