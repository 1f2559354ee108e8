/** Penalties on weights. */
package dev.junco.trainer.regularizer;
