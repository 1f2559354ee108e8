package dev.junco.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.junco.runtime.CustomOperator;
import dev.junco.runtime.CustomOperators;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.format.ModelWriter;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.CustomAttributes;
import dev.junco.runtime.graph.attributes.FullyConnectedAttributes;
import dev.junco.runtime.op.OperatorCatalog;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that are more than one graph of the runtime's own operators. */
class ConvertCommandTest {
    private static final Constant WEIGHTS = Constant.of(new float[3 * 4]);

    @TempDir
    Path folder;

    private Path source;
    private Path target;
    private Path data;

    @BeforeEach
    void files() {
        source = folder.resolve("source.junco");
        target = folder.resolve("target.junco");
        data = DataFiles.trees(folder.resolve("trees.csv"), 30);
    }

    private static Graph graph(String name, int inputs, int outputs) {
        GraphBuilder builder = new GraphBuilder(name, OperatorCatalog.standard());
        Value x = builder.input("x", TensorSpec.float32(Shape.of(1, inputs)));
        Value w = builder.parameter("w", TensorSpec.float32(Shape.of(outputs, inputs)), WEIGHTS);
        builder.output("y", builder.add("dense", new FullyConnectedAttributes(Activation.NONE), x, w));
        return builder.build();
    }

    private void write(Graph... signatures) {
        ModelWriter.write(Model.of(List.of(signatures), Metadata.EMPTY).content(), source);
    }

    @Test
    void optionsAndNamesThatPromiseWhatIsNotDoneAreRefused() {
        write(graph("main", 4, 3));
        CommandRun.of("convert", source, target, "--int8-io").fails(2, "--int8-io needs --quantize int8");
        CommandRun.of("convert", source, folder.resolve("out.tflite")).fails(2, "out.tflite", "model.junco");
    }

    @Test
    void allSignaturesAreConverted() {
        write(graph("one", 4, 3), graph("two", 4, 3));
        CommandRun.of("convert", source, target, "--quantize", "int8", "--data", data)
                .succeeds()
                .tells("signature one", "signature two");
        assertEquals(List.of("one", "two"), Model.load(target).signatures());
    }

    @Test
    void labelsMayBeGivenToModelsOfSeveralSignatures() {
        write(graph("one", 4, 3), graph("two", 3, 4));
        Path labels = DataFiles.write(folder.resolve("labels.txt"), "ash\nelm\noak\n");
        CommandRun.of("convert", source, target, "--labels", labels).succeeds();
        assertEquals(List.of("ash", "elm", "oak"), Model.load(target).metadata().labels());
        assertEquals(List.of("one", "two"), Model.load(target).signatures());
    }

    @Test
    void aSignatureThatDataDoNotFitIsNamed() {
        write(graph("one", 4, 3), graph("two", 3, 4));
        CommandRun.of("convert", source, target, "--quantize", "int8", "--data", data)
                .fails(Failure.FAILED, "signature 'two' has no calibration data", "3 feature values");
        assertFalse(Files.exists(target));
        CommandRun.of("convert", source, target, "--quantize", "float16", "--data", data)
                .succeeds();
    }

    /** y = x, if only somebody knew. */
    private static final class Secret implements CustomOperator {
        @Override
        public String name() {
            return "test.Secret";
        }

        @Override
        public List<TensorSpec> infer(Node node) {
            return node.inputs();
        }

        @Override
        public void bind(Node node, Binding binding) {
            throw new UnsupportedOperationException("never run");
        }
    }

    @Test
    void customOperatorsAreKept() {
        CustomOperators operators = CustomOperators.of(new Secret());
        GraphBuilder builder = new GraphBuilder("main", operators.catalog());
        Value x = builder.input("x", TensorSpec.float32(Shape.of(1, 4)));
        CustomAttributes secret = new CustomAttributes("test.Secret", 1, ByteBuffer.allocate(0));
        Value w = builder.parameter("w", TensorSpec.float32(Shape.of(3, 4)), WEIGHTS);
        Value dense = builder.add(
                "dense", new FullyConnectedAttributes(Activation.NONE), builder.add("secret", secret, x), w);
        builder.output("y", dense);
        Model model = Model.of(List.of(builder.build()), Metadata.EMPTY, operators);
        ModelWriter.write(model.content(), source);

        CommandRun.of("convert", source, target, "--quantize", "float16").succeeds();
        Model converted = Model.load(target, CustomOperators.ANY);
        assertEquals(secret, converted.graph().nodes().get(0).attributes());
        CommandRun.of("convert", source, target, "--quantize", "int8", "--data", data)
                .fails(Failure.FAILED, "custom operator 'test.Secret' version 1", "cannot be run");
        CommandRun.of("run", target, data).fails(Failure.FAILED, "custom operator 'test.Secret' version 1");
    }
}
