package dev.junco.runtime;

import dev.junco.runtime.kernel.KernelProviders;
import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.kernel.Kernels;
import dev.junco.runtime.plan.WeightStore;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The weights of a model by the kernels that they are packed for, made when first asked for. Thread-safe. */
final class SharedWeights {
    private final Map<KernelChoice, WeightStore> stores = new EnumMap<>(KernelChoice.class);

    synchronized WeightStore of(KernelChoice choice) {
        WeightStore store = stores.get(choice);
        if (store == null) {
            store = new WeightStore(source(choice));
            stores.put(choice, store);
        }
        return store;
    }

    private static KernelSource source(KernelChoice choice) {
        if (choice == KernelChoice.PLAIN) {
            return KernelSource.fixed(KernelProviders.plain());
        }
        if (choice == KernelChoice.AUTO) {
            return KernelProviders.automatic();
        }
        Optional<Kernels> vector = KernelProviders.vector();
        if (!vector.isPresent()) {
            throw noVectorKernels();
        }
        return KernelSource.fixed(vector.get());
    }

    static JuncoException noVectorKernels() {
        return new JuncoException("vector kernels need the JVM's module jdk.incubator.vector, which is absent;"
                + " start Java with --add-modules jdk.incubator.vector");
    }
}
