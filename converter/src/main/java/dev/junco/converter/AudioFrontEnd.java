package dev.junco.converter;

import dev.junco.converter.pass.GraphCopy;
import dev.junco.runtime.DType;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.Preprocessing;
import dev.junco.runtime.Quantization;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryAttributes;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.FrameAttributes;
import dev.junco.runtime.graph.attributes.MatMulAttributes;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.graph.attributes.ReduceAttributes;
import dev.junco.runtime.graph.attributes.ReduceKind;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import dev.junco.runtime.graph.attributes.RfftAttributes;
import dev.junco.runtime.graph.attributes.ScalarFunction;
import dev.junco.runtime.graph.attributes.UnaryAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts the computation of audio features into a model that was trained on them, so that it takes samples:
 *
 * <pre>{@code
 * Model listens = AudioFrontEnd.at(16_000).frames(480, 320).mel(40, 20, 4_000).cepstra(10).before(keywords);
 * }</pre>
 *
 * <p>Each frame is multiplied by a periodic Hann window and filled up with zeros to a power of two; the magnitudes of its Fourier transform are summed under triangles on the mel scale of HTK, 1127 ln(1 + f /
 * 700), to bands; their logarithms ln(band + offset) are the features, or the first coefficients of their cosine transform, √(2 / bands) Σ cos(π k (i + ½) / bands). These are the definitions of {@code
 * tf.signal} (stft, linear_to_mel_weight_matrix, mfccs_from_log_mel_spectrograms). Immutable.
 */
public final class AudioFrontEnd {
    private static final int MOST_BANDS = 1 << 12;

    private final int sampleRate;
    private final int length;
    private final int step;
    private final int bands;
    private final double lowest;
    private final double highest;
    private final int cepstra;
    private final float offset;

    private AudioFrontEnd(
            int sampleRate, int length, int step, int bands, double lowest, double highest, int cepstra, float offset) {
        this.sampleRate = sampleRate;
        this.length = length;
        this.step = step;
        this.bands = bands;
        this.lowest = lowest;
        this.highest = highest;
        this.cepstra = cepstra;
        this.offset = offset;
    }

    /** For so many samples a second: frames of 30 ms every 20 ms, 40 mel bands from 20 Hz to a quarter of the sample rate, no cosine transform, offset 10⁻⁶. */
    public static AudioFrontEnd at(int sampleRate) {
        require(sampleRate >= 100 && sampleRate <= 1_000_000, "a sample rate of " + sampleRate + " Hz");
        return new AudioFrontEnd(sampleRate, sampleRate * 3 / 100, sampleRate / 50, 40, 20, sampleRate / 4.0, 0, 1e-6f);
    }

    /** Frames of {@code length} samples, each {@code step} after the one before. */
    public AudioFrontEnd frames(int frameLength, int frameStep) {
        require(
                frameLength >= 2 && frameLength <= 1 << 16 && frameStep >= 1,
                "frames of " + frameLength + " samples every " + frameStep);
        return new AudioFrontEnd(sampleRate, frameLength, frameStep, bands, lowest, highest, cepstra, offset);
    }

    /** Bands between two frequencies in Hz. */
    public AudioFrontEnd mel(int melBands, double from, double to) {
        require(
                melBands >= 1 && melBands <= MOST_BANDS && from >= 0 && from < to && to <= sampleRate / 2.0,
                melBands + " bands from " + from + " to " + to + " Hz at a sample rate of " + sampleRate);
        return new AudioFrontEnd(sampleRate, length, step, melBands, from, to, cepstra, offset);
    }

    /** The first so many coefficients of the cosine transform in place of the bands; 0 for the bands. */
    public AudioFrontEnd cepstra(int count) {
        require(count >= 0, count + " cepstra");
        return new AudioFrontEnd(sampleRate, length, step, bands, lowest, highest, count, offset);
    }

    /** What is added to each band before its logarithm is taken. */
    public AudioFrontEnd offset(float added) {
        require(added > 0 && added < Float.POSITIVE_INFINITY, "an offset of " + added);
        return new AudioFrontEnd(sampleRate, length, step, bands, lowest, highest, cepstra, added);
    }

    private static void require(boolean holds, String found) {
        if (!holds) {
            throw new IllegalArgumentException(found + " is not possible");
        }
    }

    /** Features of a frame. */
    public int features() {
        return cepstra > 0 ? cepstra : bands;
    }

    /**
     * The model with an input {@code [1, samples]} of float32 between −1 and 1, under the name of its only input, which takes {@code [1, frames, features]} or {@code [1, frames,
     * features, 1]}. Preprocessing that the model records for that input is computed too.
     *
     * @throws ConversionException if the model takes something else
     */
    public Model before(Model model) {
        Graph graph = model.graph();
        if (model.signatures().size() != 1 || graph.inputs().size() != 1) {
            throw new ConversionException(
                    "audio features go into a model of one signature and one input; this one has signatures "
                            + model.signatures() + " and inputs "
                            + model.inputs().keySet());
        }
        Value input = graph.inputs().get(0);
        if (cepstra > bands) {
            throw new ConversionException(cepstra + " cepstra of " + bands + " bands: there are at most as many");
        }
        int frames = framesOf(input);
        long samples = (frames - 1L) * step + length;
        if (samples > Integer.MAX_VALUE) {
            throw new ConversionException(frames + " frames every " + step + " samples need " + samples
                    + " samples, more than an input can have; take shorter steps");
        }
        GraphCopy copy = new GraphCopy(graph, value -> TensorSpec.float32(Shape.of(1, (int) samples)));
        Value features = features(copy, copy.of(input));
        Metadata metadata = model.metadata();
        Value result = scaled(copy, shaped(copy, features, input), metadata, input);
        if (input.type() != DType.FLOAT32) {
            result = node(copy, "quantized", new QuantizeAttributes(input.type()), input.quantization(), result);
        }
        copy.map(input, result);
        graph.nodes().forEach(copy::copy);
        List<Preprocessing> left = new ArrayList<>(metadata.preprocessing());
        left.removeIf(preprocessing -> preprocessing.input().equals(input.name()));
        return Model.of(List.of(copy.build()), metadata.withPreprocessing(left), model.operators());
    }

    private int framesOf(Value input) {
        Shape shape = input.shape();
        boolean fits = shape.rank() >= 3
                && shape.rank() <= 4
                && shape.dim(0) == 1
                && shape.dim(2) == features()
                && shape.dim(-1) == (shape.rank() == 4 ? 1 : features())
                && input.bounds().isEmpty();
        if (!fits || input.type() != DType.FLOAT32 && input.type() != DType.INT8 && input.type() != DType.INT16) {
            throw new ConversionException("input '" + input.name() + "' takes " + input.spec() + "; these features are "
                    + features() + " a frame, expected [1, frames, " + features() + "] or [1, frames, " + features()
                    + ", 1] of fixed size");
        }
        return shape.dim(1);
    }

    private Value features(GraphCopy copy, Value samples) {
        int points = Integer.highestOneBit(length - 1) << 1;
        int bins = points / 2 + 1;
        Value x = node(copy, "frames", new FrameAttributes(length, step), Quantization.NONE, samples);
        x = binary(copy, "windowed", BinaryKind.MULTIPLY, x, AudioTables.hann(length));
        x = node(copy, "spectrum", new RfftAttributes(points), Quantization.NONE, x);
        x = node(copy, "magnitudes", new ReduceAttributes(ReduceKind.L2, List.of(3), false), Quantization.NONE, x);
        x = product(copy, "mel", x, bins, AudioTables.melBands(bins, bands, sampleRate, lowest, highest));
        x = binary(copy, "mel_offset", BinaryKind.ADD, x, offset);
        x = node(
                copy, "log_mel", new UnaryAttributes(ScalarFunction.of(ScalarFunction.Kind.LOG)), Quantization.NONE, x);
        return cepstra == 0 ? x : product(copy, "mfcc", x, bands, AudioTables.cosines(bands, cepstra));
    }

    private static Value shaped(GraphCopy copy, Value features, Value input) {
        if (input.shape().equals(features.shape())) {
            return features;
        }
        List<Integer> dims = new ArrayList<>();
        for (int dim : input.shape().dims()) {
            dims.add(dim);
        }
        return node(copy, "features", new ReshapeAttributes(dims), Quantization.NONE, features);
    }

    /** (x − mean) · scale, where the model wants that. */
    private static Value scaled(GraphCopy copy, Value features, Metadata metadata, Value input) {
        Optional<Preprocessing> recorded = metadata.preprocessing().stream()
                .filter(preprocessing -> preprocessing.input().equals(input.name()))
                .findFirst();
        if (recorded.isEmpty()) {
            return features;
        }
        Value centred = binary(
                copy, "centred", BinaryKind.SUBTRACT, features, recorded.get().mean());
        return binary(
                copy, "scaled", BinaryKind.MULTIPLY, centred, recorded.get().scale());
    }

    private static Value binary(GraphCopy copy, String name, BinaryKind kind, Value x, float... elements) {
        Value constant =
                copy.constant(name + "_by", TensorSpec.float32(Shape.of(elements.length)), Constant.of(elements));
        return node(copy, name, new BinaryAttributes(kind, Activation.NONE), Quantization.NONE, x, constant);
    }

    private static Value product(GraphCopy copy, String name, Value x, int depth, float[] weights) {
        Shape shape = Shape.of(1, depth, weights.length / depth);
        Value constant = copy.constant(name + "_weights", TensorSpec.float32(shape), Constant.of(weights));
        Attributes attributes = new MatMulAttributes(false, false, Activation.NONE);
        return node(copy, name, attributes, Quantization.NONE, x, constant);
    }

    private static Value node(
            GraphCopy copy, String name, Attributes attributes, Quantization quantization, Value... operands) {
        String fresh = copy.fresh(name);
        return copy.add(fresh, fresh, attributes, List.of(operands), quantization);
    }
}
