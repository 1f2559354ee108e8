/** What training makes small. */
package dev.junco.trainer.loss;
