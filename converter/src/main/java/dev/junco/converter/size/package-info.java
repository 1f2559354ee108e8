/** Graphs whose inputs vary within bounds. */
package dev.junco.converter.size;
