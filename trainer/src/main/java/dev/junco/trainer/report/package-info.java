/**
 * What training and evaluation show to people: progress on a terminal, tables of text, and pictures of curves, predictions
 * and confusions. Pictures are drawn in memory and need no screen.
 */
package dev.junco.trainer.report;
