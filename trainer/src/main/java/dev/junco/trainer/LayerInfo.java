package dev.junco.trainer;

/**
 * One layer of a network.
 *
 * @param name unique in the network, first part of its values' names
 * @param type for example {@code Dense}
 * @param result name of the value that the layer computes
 */
public record LayerInfo(String name, String type, String result) {}
