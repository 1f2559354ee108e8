/** How gradients change weights. */
package dev.junco.trainer.optimizer;
