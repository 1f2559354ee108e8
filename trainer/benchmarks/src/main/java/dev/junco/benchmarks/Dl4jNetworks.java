package dev.junco.benchmarks;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The trained networks in Deeplearning4j's terms. Images are NCHW, its own default, in which oneDNN is as fast here as in NHWC. */
final class Dl4jNetworks {
    private Dl4jNetworks() {}

    static MultiLayerNetwork of(TrainedNetwork kind) {
        MultiLayerNetwork network = new MultiLayerNetwork(kind == TrainedNetwork.MLP ? mlp() : cnn());
        network.init();
        return network;
    }

    private static MultiLayerConfiguration mlp() {
        return start().layer(new DenseLayer.Builder()
                        .nIn(784)
                        .nOut(128)
                        .activation(Activation.RELU)
                        .weightInit(WeightInit.RELU_UNIFORM)
                        .build())
                .layer(output())
                .setInputType(InputType.feedForward(784))
                .build();
    }

    private static MultiLayerConfiguration cnn() {
        NeuralNetConfiguration.ListBuilder layers = start();
        pair(layers, 32, 0.25);
        pair(layers, 64, 0.4);
        return layers.layer(output())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build();
    }

    private static NeuralNetConfiguration.ListBuilder start() {
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(TrainedNetwork.LEARNING_RATE))
                .trainingWorkspaceMode(WorkspaceMode.ENABLED)
                .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
                .list();
    }

    private static void pair(NeuralNetConfiguration.ListBuilder layers, int filters, double dropout) {
        layers.layer(convolution(filters)
                        .hasBias(false)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new BatchNormalization.Builder().eps(1e-3).decay(0.99).build())
                .layer(new ActivationLayer(Activation.RELU))
                .layer(convolution(filters).activation(Activation.RELU).build())
                .layer(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .build())
                // Deeplearning4j wants the share that is kept.
                .layer(new DropoutLayer(1 - dropout));
    }

    private static ConvolutionLayer.Builder convolution(int filters) {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(filters)
                .convolutionMode(ConvolutionMode.Same)
                .weightInit(WeightInit.RELU_UNIFORM);
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .weightInit(WeightInit.XAVIER_UNIFORM)
                .build();
    }
}
