package dev.junco.runtime.vector;

import jdk.incubator.vector.FloatVector;

/** Adds up virtual lanes as {@code ReductionKernels} says: l with l + 8, then l + 4, l + 2, l + 1. */
final class LaneTree {
    private LaneTree() {}

    static float add16(FloatVector lanes) {
        FloatVector low = (FloatVector) lanes.reinterpretShape(FloatVector.SPECIES_256, 0);
        FloatVector high = (FloatVector) lanes.reinterpretShape(FloatVector.SPECIES_256, 1);
        return add8(low.add(high));
    }

    static float add8(FloatVector lanes) {
        FloatVector low = (FloatVector) lanes.reinterpretShape(FloatVector.SPECIES_128, 0);
        FloatVector high = (FloatVector) lanes.reinterpretShape(FloatVector.SPECIES_128, 1);
        return add4(low.add(high));
    }

    static float add4(FloatVector lanes) {
        return (lanes.lane(0) + lanes.lane(2)) + (lanes.lane(1) + lanes.lane(3));
    }
}
