/** Operators that only training graphs have: derivatives, losses, updates. */
package dev.junco.trainer.op;
