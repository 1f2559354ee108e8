/** Turns foreign and trained networks into networks for a device. */
module dev.junco.converter {
    requires transitive dev.junco.runtime;

    exports dev.junco.converter;
}
