package dev.junco.runtime.format;

import dev.junco.runtime.DType;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Storage;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.PoolKind;

/** Enum constants by their code in the file, which is their ordinal; a test holds the two together. */
final class Codes {
    private static final DType[] TYPES = DType.values();
    private static final Role[] ROLES = Role.values();
    private static final Storage[] STORAGES = Storage.values();
    private static final Activation[] ACTIVATIONS = Activation.values();
    private static final BinaryKind[] BINARIES = BinaryKind.values();
    private static final PoolKind[] POOLS = PoolKind.values();
    private static final Padding.Mode[] PADDINGS = Padding.Mode.values();

    private Codes() {}

    static DType type(int code) {
        return TYPES[code];
    }

    static Role role(int code) {
        return ROLES[code];
    }

    static Storage storage(int code) {
        return STORAGES[code];
    }

    static Activation activation(int code) {
        return ACTIVATIONS[code];
    }

    static BinaryKind binary(int code) {
        return BINARIES[code];
    }

    static PoolKind pool(int code) {
        return POOLS[code];
    }

    static Padding.Mode padding(int code) {
        return PADDINGS[code];
    }
}
