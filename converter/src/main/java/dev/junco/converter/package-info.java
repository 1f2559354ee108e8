/**
 * Turns a trained network into one for a device: rewrites the graph, stores weights smaller, quantises, measures what that cost, and
 * writes the evidence into the file. {@link dev.junco.converter.Converter} is the way in.
 */
package dev.junco.converter;
