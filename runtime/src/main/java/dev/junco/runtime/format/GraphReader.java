package dev.junco.runtime.format;

import dev.junco.runtime.ModelFormatException;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.UnsupportedModelException;
import dev.junco.runtime.format.fb.GraphDef;
import dev.junco.runtime.format.fb.ModelFile;
import dev.junco.runtime.format.fb.OperatorDef;
import dev.junco.runtime.format.fb.QuantizationDef;
import dev.junco.runtime.format.fb.TensorDef;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Node;
import dev.junco.runtime.graph.OperatorRules;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Storage;
import dev.junco.runtime.graph.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Rebuilds one graph of a verified file, value by value in the order of their ids. Serves once. */
final class GraphReader {
    private final ByteBuffer file;
    private final ModelFile root;
    private final GraphDef table;
    private final OperatorRules rules;
    private final GraphBuilder builder;
    private final List<Value> values = new ArrayList<>();
    private final Constant[] constants;

    /**
     * A reader of one graph.
     *
     * @param constants by buffer: what the readers of the same file have met, so that tensors that share a buffer share the weights that are
     *     packed from it
     */
    GraphReader(ByteBuffer file, ModelFile root, GraphDef table, OperatorRules rules, Constant[] constants) {
        this.file = file;
        this.root = root;
        this.table = table;
        this.builder = new GraphBuilder(table.name(), rules);
        this.rules = rules;
        this.constants = constants;
    }

    /** The graph. */
    Graph read() {
        for (int i = 0; i < table.operatorsLength(); i++) {
            OperatorDef operator = table.operators(i);
            declare(firstResult(operator));
            compute(operator);
        }
        declare(table.tensorsLength());
        for (int i = 0; i < table.outputsLength(); i++) {
            builder.output(table.outputs(i).name(), values.get(table.outputs(i).tensor()));
        }
        return builder.build();
    }

    /** The tensors before this index have to be there before the operator is added. */
    private static int firstResult(OperatorDef operator) {
        if (operator.outputsLength() > 0) {
            return operator.outputs(0);
        }
        int next = 0;
        for (int i = 0; i < operator.inputsLength(); i++) {
            next = Math.max(next, operator.inputs(i) + 1);
        }
        return next;
    }

    /** Adds the tensors up to an index, none of which is computed. */
    private void declare(int end) {
        for (int i = values.size(); i < end; i++) {
            TensorDef tensor = table.tensors(i);
            Role role = Codes.role(tensor.role());
            switch (role) {
                case INPUT:
                    values.add(builder.input(tensor.name(), spec(tensor), bounds(tensor)));
                    break;
                case CONSTANT:
                    values.add(builder.constant(tensor.name(), spec(tensor), constant(tensor)));
                    break;
                case PARAMETER:
                    values.add(builder.parameter(tensor.name(), spec(tensor), constant(tensor)));
                    break;
                case STATE:
                    values.add(builder.state(tensor.name(), spec(tensor), constant(tensor)));
                    break;
                default:
                    throw new ModelFormatException(
                            "tensor '" + Text.clip(tensor.name()) + "' is computed by no operator");
            }
        }
    }

    private void compute(OperatorDef operator) {
        List<Value> inputs = new ArrayList<>();
        for (int i = 0; i < operator.inputsLength(); i++) {
            inputs.add(values.get(operator.inputs(i)));
        }
        List<TensorSpec> specs = new ArrayList<>();
        List<Quantization> quantizations = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < operator.outputsLength(); i++) {
            TensorDef tensor = table.tensors(operator.outputs(i));
            specs.add(spec(tensor));
            quantizations.add(specs.get(i).quantization());
            names.add(tensor.name());
        }
        String name = operator.name() == null ? names.get(0) : operator.name();
        Attributes attributes = OptionsReader.read(operator);
        if (!rules.supports(attributes)) {
            throw ModelReader.missingOperators(root, rules);
        }
        Node node = add(name, attributes, inputs, quantizations, names, specs);
        if (node.outputs().size() != specs.size()) {
            throw new ModelFormatException("operator '" + Text.clip(name) + "' has " + specs.size()
                    + " results in the file; it computes " + node.outputs().size());
        }
        for (int i = 0; i < specs.size(); i++) {
            Value result = node.output(i);
            if (!same(result.spec(), specs.get(i))) {
                throw new ModelFormatException("tensor '" + Text.clip(result.name()) + "' is " + specs.get(i)
                        + " with quantisation " + specs.get(i).quantization() + " in the file; its operator computes "
                        + result.spec() + " with quantisation " + result.quantization());
            }
            values.add(result);
        }
    }

    /** Part by part, because the first call of a record's own equals costs 10 ms on a fresh JVM. */
    private static boolean same(TensorSpec a, TensorSpec b) {
        return a.type() == b.type()
                && a.shape().equals(b.shape())
                && a.quantization().equals(b.quantization());
    }

    private Node add(
            String name,
            Attributes attributes,
            List<Value> inputs,
            List<Quantization> quantizations,
            List<String> names,
            List<TensorSpec> declared) {
        try {
            return builder.addAll(name, attributes, inputs, quantizations, names, declared);
        } catch (UnsupportedModelException e) {
            throw e;
        } catch (RuntimeException e) {
            // The rules may come from elsewhere and meet operands that no importer would make; whatever they throw, the
            // file is at fault.
            throw new ModelFormatException("operator '" + Text.clip(name) + "' cannot work: " + e.getMessage(), e);
        }
    }

    private TensorSpec spec(TensorDef tensor) {
        int[] dims = new int[tensor.shapeLength()];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = tensor.shape(i);
        }
        boolean ofStorage = Codes.storage(tensor.storage()) == Storage.SCALED_INT8;
        Quantization quantization = ofStorage ? Quantization.NONE : quantization(tensor.quantization());
        return new TensorSpec(Codes.type(tensor.type()), Shape.of(dims), quantization);
    }

    private static List<Integer> bounds(TensorDef tensor) {
        List<Integer> bounds = new ArrayList<>();
        for (int i = 0; i < tensor.shapeBoundsLength(); i++) {
            bounds.add(tensor.shapeBounds(i));
        }
        return bounds;
    }

    private static Quantization quantization(QuantizationDef table) {
        if (table == null) {
            return Quantization.NONE;
        }
        if (table.axis() < 0) {
            return Quantization.perTensor(table.scales(0), table.zeroPointsLength() == 0 ? 0 : table.zeroPoints(0));
        }
        float[] scales = new float[table.scalesLength()];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = table.scales(i);
        }
        return Quantization.perAxis(scales, table.axis());
    }

    /** A view of the tensor's buffer, null if it has none. */
    private Constant constant(TensorDef tensor) {
        if (tensor.buffer() < 0) {
            return null;
        }
        Storage storage = Codes.storage(tensor.storage());
        Quantization scales = storage == Storage.SCALED_INT8 ? quantization(tensor.quantization()) : Quantization.NONE;
        Constant met = constants[tensor.buffer()];
        // What scales of an axis mean depends on the tensor's shape as well, so those are not shared.
        if (met != null && met.storage() == storage && met.scales().equals(scales) && !scales.isPerAxis()) {
            return met;
        }
        Constant constant = Constant.of(storage, Bytes.blob(file, root, tensor.buffer()), scales);
        constants[tensor.buffer()] = constant;
        return constant;
    }
}
