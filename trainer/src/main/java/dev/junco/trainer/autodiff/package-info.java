/** From a network to the graph that trains it: loss, derivatives and updates as nodes. */
package dev.junco.trainer.autodiff;
