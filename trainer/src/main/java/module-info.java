/** Trains networks, and the {@code junco} command. */
module dev.junco.trainer {
    requires transitive dev.junco.converter;
    requires de.siegmar.fastcsv;
    requires info.picocli;
    requires transitive java.desktop;
    // Counts the bytes that a thread allocates.
    requires jdk.management;
    requires org.snakeyaml.engine;
    requires org.tinylog.api;
    requires xchart;
    // Where the JVM has it, updates and derivatives use it; where not, plain loops run.
    requires static jdk.incubator.vector;

    exports dev.junco.trainer;
    exports dev.junco.trainer.callback;
    exports dev.junco.trainer.data;
    exports dev.junco.trainer.initializer;
    exports dev.junco.trainer.layer;
    exports dev.junco.trainer.loss;
    exports dev.junco.trainer.metric;
    exports dev.junco.trainer.optimizer;
    exports dev.junco.trainer.regularizer;
    exports dev.junco.trainer.report;

    // Options and commands are found by reflection.
    opens dev.junco.trainer.cli to
            info.picocli;
}
