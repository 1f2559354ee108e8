/** Rewrites that make a graph smaller or faster and keep its meaning; one class each, put in order by {@code Pipeline}. */
package dev.junco.converter.pass;
