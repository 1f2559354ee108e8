package dev.junco.converter;

/** How good a model's answers are. */
public enum Metric {
    /** Share of samples whose class is answered right, 0 to 1. */
    ACCURACY,
    /** Mean squared error of the answered numbers. */
    SQUARED_ERROR,
    /** Unknown: the samples have neither labels nor targets. */
    NONE
}
