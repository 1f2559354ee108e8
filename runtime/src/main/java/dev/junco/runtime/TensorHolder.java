package dev.junco.runtime;

import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of an {@link Interpreter} that has its tensors, which stay the same objects when sizes change. */
abstract class TensorHolder {
    final ResizableExecution execution;
    final Guard guard = new Guard();
    private final Map<String, Tensor> inputs = new LinkedHashMap<>();
    private final Map<String, Tensor> outputs = new LinkedHashMap<>();
    private final Map<String, Tensor> stateTensors = new LinkedHashMap<>();
    /** In the order of {@link ResizableExecution#elements}; the inputs first. */
    private final List<Tensor> tensors = new ArrayList<>();

    TensorHolder(ResizableExecution execution, boolean acceptsNaN, Metadata metadata) {
        this.execution = execution;
        Graph graph = execution.declared.graph();
        for (Value input : graph.inputs()) {
            Preprocessing preprocessing = preprocessing(metadata, input.name());
            add(inputs, new Tensor(input.name(), elements(), guard, null, acceptsNaN, List.of(), preprocessing));
        }
        for (String output : graph.outputNames().keySet()) {
            String refusal = "an output; only inputs and states can be set";
            add(outputs, new Tensor(output, elements(), guard, refusal, acceptsNaN, metadata.labels(), null));
        }
        for (Value state : execution.states.values()) {
            add(stateTensors, new Tensor(state.name(), elements(), guard, null, acceptsNaN, List.of(), null));
        }
    }

    /** Of the tensor that is added next. */
    private Elements elements() {
        return execution.elements()[tensors.size()];
    }

    private void add(Map<String, Tensor> map, Tensor tensor) {
        map.put(tensor.name(), tensor);
        tensors.add(tensor);
    }

    private static Preprocessing preprocessing(Metadata metadata, String input) {
        for (Preprocessing step : metadata.preprocessing()) {
            if (step.input().equals(input)) {
                return step;
            }
        }
        return null;
    }

    /** Puts the tensors where the present size has them. */
    final void place() {
        Elements[] elements = execution.elements();
        for (int i = 0; i < elements.length; i++) {
            tensors.get(i).place(elements[i]);
        }
    }

    /** Throws if an input that was written through a view holds NaN. */
    final void checkInputs() {
        for (int i = 0; i < execution.inputs(); i++) {
            tensors.get(i).checkShared();
        }
    }

    /** Which input has a name. */
    final int indexOf(String input) {
        return tensors.indexOf(find(inputs, "input", input));
    }

    /** The inputs by name, in order. */
    public final Map<String, Tensor> inputs() {
        return Collections.unmodifiableMap(inputs);
    }

    /** The outputs by name, in order. */
    public final Map<String, Tensor> outputs() {
        return Collections.unmodifiableMap(outputs);
    }

    /**
     * The input with a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public final Tensor input(String name) {
        return find(inputs, "input", name);
    }

    /** The only input. */
    public final Tensor input() {
        return only(inputs, "input");
    }

    /**
     * The output with a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public final Tensor output(String name) {
        return find(outputs, "output", name);
    }

    /** The only output. */
    public final Tensor output() {
        return only(outputs, "output");
    }

    /** The tensors that live from run to run, by name, in order: to look at, and to set before a run. */
    public final Map<String, Tensor> states() {
        return Collections.unmodifiableMap(stateTensors);
    }

    /**
     * The state with a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public final Tensor state(String name) {
        return find(stateTensors, "state", name);
    }

    private static Tensor find(Map<String, Tensor> tensors, String kind, String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(
                    "there is no " + kind + " '" + name + "'; the model has " + tensors.keySet());
        }
        return tensor;
    }

    private static Tensor only(Map<String, Tensor> tensors, String kind) {
        if (tensors.size() != 1) {
            throw new IllegalStateException(
                    "the model has " + tensors.size() + " " + kind + "s, " + tensors.keySet() + "; name one");
        }
        return tensors.values().iterator().next();
    }
}
