/** Trains networks, and the {@code junco} command. */
module dev.junco.trainer {
    requires transitive dev.junco.converter;
    requires de.siegmar.fastcsv;
    requires java.desktop;
    requires xchart;

    exports dev.junco.trainer.data;
    exports dev.junco.trainer.report;
}
