package dev.junco.converter.tflite;

import dev.junco.runtime.Shape;
import java.util.List;

/**
 * An input as the file describes it.
 *
 * @param name under which it is imported
 * @param shape sizes of its axes; an open one is whatever the file says, which is 1 as a rule
 * @param openAxes axes whose size the model's maker left open
 */
public record ForeignInput(String name, Shape shape, List<Integer> openAxes) {}
