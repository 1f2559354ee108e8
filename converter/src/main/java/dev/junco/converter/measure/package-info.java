/** Runs models over samples: ranges of activations, accuracy, differences between two models. */
package dev.junco.converter.measure;
