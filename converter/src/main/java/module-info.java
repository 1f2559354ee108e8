/** Turns foreign and trained networks into networks for a device. */
module dev.junco.converter {
    requires transitive dev.junco.runtime;

    exports dev.junco.converter;

    // The command line runs models over data as the measurements do; this room is no promise to anybody else.
    exports dev.junco.converter.measure to
            dev.junco.trainer;
}
