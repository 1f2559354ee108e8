package dev.junco.runtime;

import dev.junco.runtime.kernel.KernelProviders;
import dev.junco.runtime.kernel.Kernels;
import dev.junco.runtime.op.OperatorCatalog;
import dev.junco.runtime.op.ShapeRewrite;
import dev.junco.runtime.plan.Arenas;
import dev.junco.runtime.plan.Estimate;
import dev.junco.runtime.plan.MemoryPlanner;
import dev.junco.runtime.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an interpreter would take, and whether that is too much. A class of its own, because most interpreters are made without asking. */
final class MemoryLimit {
    private MemoryLimit() {}

    /** What an interpreter of a plan takes with its inputs at their largest sizes and the kernels that need more. */
    static MemoryUse use(Plan plan, OperatorCatalog catalog, InterpreterOptions options) {
        Plan largest = plan.graph().isResizable()
                ? MemoryPlanner.resize(plan, ShapeRewrite.largest(plan.graph(), catalog), catalog)
                : plan;
        MemoryUse use = null;
        for (Kernels kernels : kernels(options.kernels())) {
            MemoryUse other = Estimate.of(largest, catalog, kernels, options.threads());
            use = use == null || other.total() > use.total() ? other : use;
        }
        return use;
    }

    private static List<Kernels> kernels(KernelChoice choice) {
        List<Kernels> kernels = new ArrayList<>();
        if (choice != KernelChoice.VECTOR) {
            kernels.add(KernelProviders.plain());
        }
        Optional<Kernels> vector = choice == KernelChoice.PLAIN ? Optional.empty() : KernelProviders.vector();
        if (vector.isPresent()) {
            kernels.add(vector.get());
        } else if (choice == KernelChoice.VECTOR) {
            throw SharedWeights.noVectorKernels();
        }
        return kernels;
    }

    /** Throws if an interpreter of a plan takes more than the options or the heap allow; what needs no look at the operators comes first. */
    static void require(Plan plan, OperatorCatalog catalog, InterpreterOptions options) {
        long fixed = Arenas.bytes(plan, options.threads());
        long heap = Runtime.getRuntime().maxMemory();
        if (fixed > heap) {
            throw new JuncoException(String.format(
                    Locale.ROOT,
                    "an interpreter of this model needs %,d bytes beside the weights; Java's heap has at most %,d."
                            + " Give it more with -Xmx, or choose a smaller batch",
                    fixed,
                    heap));
        }
        long most = options.maxMemory();
        if (most > 0 && fixed > most) {
            throw refusal(
                    String.format(Locale.ROOT, "%,d bytes beside the weights and the operators' tables", fixed), most);
        }
        MemoryUse use = most > 0 ? use(plan, catalog, options) : null;
        if (use != null && use.total() > most) {
            throw refusal(use.toString(), most);
        }
    }

    private static JuncoException refusal(String needs, long most) {
        return new JuncoException(
                String.format(Locale.ROOT, "an interpreter of this model needs %s; maxMemory allows %,d", needs, most));
    }
}
