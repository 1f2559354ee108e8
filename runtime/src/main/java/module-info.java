/** Runs neural networks on any JVM and on Android, without native code. */
module dev.junco.runtime {
    // Where the JVM has it, kernels use it; where not, plain kernels run.
    requires static jdk.incubator.vector;

    exports dev.junco.runtime;

    // The siblings build graphs and add operators; these rooms are no promise to anybody else.
    exports dev.junco.runtime.graph to
            dev.junco.converter,
            dev.junco.trainer;
    exports dev.junco.runtime.graph.attributes to
            dev.junco.converter,
            dev.junco.trainer;
    exports dev.junco.runtime.kernel to
            dev.junco.converter,
            dev.junco.trainer;
    exports dev.junco.runtime.op to
            dev.junco.converter,
            dev.junco.trainer;
    exports dev.junco.runtime.format to
            dev.junco.converter,
            dev.junco.trainer;
    exports dev.junco.runtime.plan to
            dev.junco.converter,
            dev.junco.trainer;
}
