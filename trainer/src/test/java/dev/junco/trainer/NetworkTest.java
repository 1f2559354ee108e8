package dev.junco.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.Interpreter;
import dev.junco.runtime.JuncoException;
import dev.junco.runtime.Shape;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Value;
import dev.junco.trainer.layer.Activation;
import dev.junco.trainer.layer.AveragePool2D;
import dev.junco.trainer.layer.BatchNormalization;
import dev.junco.trainer.layer.Conv2D;
import dev.junco.trainer.layer.Dense;
import dev.junco.trainer.layer.DepthwiseConv2D;
import dev.junco.trainer.layer.Dropout;
import dev.junco.trainer.layer.Flatten;
import dev.junco.trainer.layer.GlobalAveragePool;
import dev.junco.trainer.layer.LeakyRelu;
import dev.junco.trainer.layer.MaxPool2D;
import dev.junco.trainer.regularizer.L2;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkTest {
    private static Network everyLayer() {
        return Network.sequential(Shape.of(8, 8, 2))
                .named("every layer")
                .add(new Conv2D(4, 3, Activation.RELU).same().kernelRegularizer(new L2(1e-4f)))
                .add(new BatchNormalization())
                .add(new DepthwiseConv2D(3, Activation.RELU6).same())
                .add(new MaxPool2D(2))
                .add(new LeakyRelu(0.1f))
                .add(new AveragePool2D(2))
                .add(new Dropout(0.3f))
                .add(new Conv2D(6, 1, Activation.LINEAR).withoutBias())
                .add(Activation.TANH)
                .add(new GlobalAveragePool())
                .add(new Flatten())
                .add(new Dense(3, Activation.SOFTMAX).named("head"))
                .build();
    }

    @Test
    void summaryCountsParametersAsKerasDoes() {
        Network network = Network.sequential(Shape.of(784))
                .add(new Dense(50, Activation.RELU))
                .add(new Dense(10, Activation.SOFTMAX))
                .build();
        String summary = network.summary();
        assertTrue(summary.contains("39,250"), summary);
        assertTrue(summary.contains("510"), summary);
        assertTrue(summary.contains("Total params: 39,760"), summary);
    }

    @Test
    void movingStatisticsAreNotTrainable() {
        Network network = everyLayer();
        assertEquals(8, network.parameterCount() - network.trainableCount());
    }

    @Test
    void namesLayersAfterTheirTypes() {
        assertEquals(
                "[conv2d, batch_normalization, depthwise_conv2d, max_pool2d, leaky_relu, average_pool2d, dropout,"
                        + " conv2d_1, activation, global_average_pool, flatten, head]",
                everyLayer().layers().stream().map(LayerInfo::name).toList().toString());
    }

    @Test
    void sameSeedSameWeights() {
        assertEquals(everyLayer().graph(), everyLayer().graph());
    }

    @Test
    void anotherSeedGivesOtherWeights() {
        Network one = Network.sequential(Shape.of(4)).add(new Dense(3)).seed(1).build();
        Network two = Network.sequential(Shape.of(4)).add(new Dense(3)).seed(2).build();
        assertTrue(!one.graph().equals(two.graph()));
    }

    @Test
    void survivesSavingAndLoading(@TempDir Path folder) {
        Network network = everyLayer();
        Path file = folder.resolve("network.junco");
        network.save(file);
        Network loaded = Network.load(file);
        assertEquals(network.graph(), loaded.graph());
        assertEquals(network.layers(), loaded.layers());
        assertEquals(network.regularizers(), loaded.regularizers());
        assertEquals(network.momenta(), loaded.momenta());
        assertEquals(network.summary(), loaded.summary());
    }

    @Test
    void runsAsAModel() {
        Interpreter interpreter = everyLayer().model().interpreter();
        interpreter.input().set(new float[128]);
        interpreter.run();
        float[] probabilities = interpreter.output().toArray();
        assertEquals(1, probabilities[0] + probabilities[1] + probabilities[2], 1e-6);
    }

    @Test
    void weightsKeepTheirRoles() {
        for (Value value : everyLayer().graph().values()) {
            if (value.name().endsWith("/kernel") || value.name().endsWith("/bias")) {
                assertEquals(Role.PARAMETER, value.role(), value.name());
            }
        }
    }

    @Test
    void namesTheLayerThatDoesNotFit() {
        Network.Builder builder = Network.sequential(Shape.of(5, 5, 1))
                .add(new Conv2D(4, 3, Activation.RELU).named("first"))
                .add(new Conv2D(4, 7, Activation.RELU).named("second"));
        JuncoException error = assertThrows(JuncoException.class, builder::build);
        assertTrue(error.getMessage().contains("Conv2D 'second'"), error.getMessage());
        assertTrue(error.getMessage().contains("does not fit"), error.getMessage());
    }

    @Test
    void refusesANetworkWithoutLayers() {
        JuncoException error = assertThrows(
                JuncoException.class, () -> Network.sequential(Shape.of(3)).build());
        assertTrue(error.getMessage().contains("no layers"), error.getMessage());
    }

    @Test
    void refusesNonsenseSizes() {
        assertThrows(IllegalArgumentException.class, () -> new Dense(0));
        assertThrows(IllegalArgumentException.class, () -> new Dropout(1f));
        assertThrows(IllegalArgumentException.class, () -> new Dropout(Float.NaN));
        assertThrows(IllegalArgumentException.class, () -> new MaxPool2D(0));
        assertThrows(IllegalArgumentException.class, () -> new Conv2D(3, 0, Activation.RELU));
    }

    @Test
    void outputOfAnUntrainedSoftmaxIsADistribution() {
        Network network = Network.sequential(Shape.of(2))
                .add(new Dense(2, Activation.SOFTMAX))
                .build();
        Interpreter interpreter = network.model().interpreter();
        interpreter.input().set(0, 0);
        interpreter.run();
        assertArrayEquals(new float[] {0.5f, 0.5f}, interpreter.output().toArray());
    }
}
