package dev.junco.trainer.cli;

import dev.junco.converter.ModelFiles;
import dev.junco.runtime.Model;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Tells which axes of inputs vary, and which ones could because the maker of the model has left them open. */
final class OpenAxes {
    private OpenAxes() {}

    static void print(PrintWriter out, Model model, Path file) {
        for (String signature : model.signatures()) {
            model.bounds(signature).forEach((input, bounds) -> {
                for (int axis = 0; axis < bounds.size(); axis++) {
                    if (bounds.get(axis) > 0) {
                        out.println("Axis " + axis + " of input '" + input + "' may be 1 to " + bounds.get(axis));
                    }
                }
            });
        }
        ModelFiles.openAxes(file)
                .forEach((input, axes) -> axes.stream()
                        .filter(axis -> !isBounded(model, input, axis))
                        .forEach(axis -> out.println("Axis " + axis + " of input '" + input
                                + "' is left open by the file and fixed here: junco convert --bound " + input + ":"
                                + axis
                                + "=MOST lets it vary")));
    }

    private static boolean isBounded(Model model, String input, int axis) {
        return model.signatures().stream()
                .map(signature -> model.bounds(signature).getOrDefault(input, List.of()))
                .anyMatch(bounds -> !bounds.isEmpty() && bounds.get(axis) > 0);
    }
}
