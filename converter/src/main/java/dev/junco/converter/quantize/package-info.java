/** Smaller numbers: ranges from calibration, int8 graphs after the TensorFlow Lite 8-bit specification, weights in float16 and int8. */
package dev.junco.converter.quantize;
