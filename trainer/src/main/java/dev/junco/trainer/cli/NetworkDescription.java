package dev.junco.trainer.cli;

import dev.junco.trainer.Network;
import dev.junco.trainer.cli.LayerReader.Task;
import dev.junco.trainer.data.DataException;
import dev.junco.trainer.data.Dataset;
import dev.junco.trainer.layer.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A network, and how to train it, described in a small YAML file.
 *
 * <pre>{@code
 * name: fashion-mlp
 * layers:
 *   - flatten
 *   - dense: {units: 128, activation: relu}
 *   - dropout: 0.2
 *   - output
 * training: {optimizer: adam, learning_rate: 0.001, epochs: 10, batch: 64}
 * }</pre>
 *
 * @param name the network's name
 * @param layers makers of its layers, in order
 * @param training how to train it
 */
record NetworkDescription(String name, List<Function<Task, Layer>> layers, Training training) {
    /** Names of the descriptions that come with Junco. */
    static final List<String> PRESETS = List.of("mlp", "cnn", "quickstart");

    /** How to train, unless the command line says otherwise. */
    record Training(String optimizer, float learningRate, float momentum, int epochs, int batch) {}

    /** One of {@link #PRESETS}. */
    static NetworkDescription preset(String name) {
        String resource = name + ".yaml";
        try (InputStream stream = NetworkDescription.class.getResourceAsStream(resource)) {
            return parse(resource, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static NetworkDescription read(Path file) {
        if (Files.isDirectory(file)) {
            throw new DataException(file + ": is a folder, expected a YAML description of a network.");
        }
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new DataException(file + ": is no UTF-8 text, expected a YAML description of a network.", e);
        } catch (NoSuchFileException e) {
            throw new DataException(file + ": no such file; check --network.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static NetworkDescription parse(String where, String yaml) {
        Object root;
        try {
            root = new Load(LoadSettings.builder().setLabel(where).build()).loadFromString(yaml);
        } catch (YamlEngineException e) {
            throw new DataException(where + ": " + e.getMessage().replaceAll("\\s*\\n\\s*", " "), e);
        }
        Options options = Options.of(where, root, null);
        Object list = options.raw("layers");
        if (!(list instanceof List<?> entries) || entries.isEmpty()) {
            throw options.wrong("layers", list, "a list of layers");
        }
        List<Function<Task, Layer>> layers = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            layers.add(LayerReader.read(where + ": layer " + (i + 1), entries.get(i)));
        }
        String name = options.text("name", "network");
        Training training = training(Options.of(where + ": training", options.raw("training"), null));
        options.finish();
        return new NetworkDescription(name, List.copyOf(layers), training);
    }

    private static Training training(Options options) {
        String optimizer = options.text("optimizer", "adam");
        if (!List.of("adam", "sgd", "momentum").contains(optimizer)) {
            throw options.wrong("optimizer", optimizer, "adam, sgd or momentum");
        }
        double rate = options.number("learning_rate", optimizer.equals("adam") ? 1e-3 : 1e-2);
        Training training = new Training(
                optimizer,
                (float) rate,
                (float) options.number("momentum", 0.9),
                options.integer("epochs", 1, 10),
                options.integer("batch", 1, 64));
        options.finish();
        if (!(training.learningRate() > 0) || Float.isInfinite(training.learningRate())) {
            throw options.wrong("learning_rate", rate, "a positive number");
        }
        if (!(training.momentum() >= 0 && training.momentum() < 1)) {
            throw options.wrong("momentum", training.momentum(), "0 to less than 1");
        }
        return training;
    }

    /** The network for samples like those of {@code data}, with weights from a seed. */
    Network build(Dataset data, long seed) {
        Network.Builder builder = Network.sequential(data.featureShape())
                .named(name)
                .seed(seed)
                .input(data.featureShape().rank() == 3 ? "image" : "features")
                .output(data.isClassification() ? "probabilities" : "prediction");
        Task task = Task.of(data);
        layers.forEach(layer -> builder.add(layer.apply(task)));
        return builder.build();
    }
}
