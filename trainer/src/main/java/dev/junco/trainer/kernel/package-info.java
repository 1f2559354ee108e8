/** Loops over arrays that only training needs. */
package dev.junco.trainer.kernel;
