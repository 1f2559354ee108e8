package dev.junco.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WarmUpTest {
    private final WarmingKernels kernels = new WarmingKernels(KernelProviders.plain());

    @Test
    void overWhenInterruptedBeforeAnAnswer() {
        Thread.currentThread().interrupt();
        new WarmUp(kernels).run();
        assertTrue(kernels.settled());
        assertFalse(Thread.interrupted());
    }

    @Test
    void overWhenInterruptedAfterAnAnswer() {
        kernels.kernels().gemm();
        kernels.answered();
        assertFalse(kernels.settled());
        Thread.currentThread().interrupt();
        new WarmUp(kernels).run();
        assertTrue(kernels.settled());
        assertTrue(Thread.interrupted());
    }

    @Test
    void endsWithoutModelsAndStartsAgainWithTheNext() throws InterruptedException {
        WarmUp warmUp = new WarmUp(kernels, 1_000_000);
        warmUp.start();
        while (warmUp.isRunning()) {
            Thread.sleep(1);
        }
        Runnable listener = () -> {};
        kernels.onChange(listener);
        warmUp.start();
        Thread.sleep(20);
        assertTrue(warmUp.isRunning());
        kernels.kernels().gemm();
        kernels.answered();
        warmUp.wake();
        while (!kernels.settled()) {
            Thread.sleep(1);
        }
        boolean vector = KernelProviders.vector().isPresent();
        assertEquals(vector, Kernels.name(kernels.kernels().gemm()).equals("VectorGemmKernels"));
        Reference.reachabilityFence(listener);
    }
}
