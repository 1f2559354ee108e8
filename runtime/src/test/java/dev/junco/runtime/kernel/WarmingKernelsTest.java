package dev.junco.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmingKernelsTest {
    /** Time that passes only when work is done. */
    private long now;

    private KernelTrial trial(long plainNanos, long vectorNanos) {
        return new KernelTrial(t -> {}, t -> {}, t -> {}, t -> now += vectorNanos, t -> now += plainNanos);
    }

    @Test
    void aFamilyProvesItselfInTheSecondGoodRound() {
        FamilyTrial family = new FamilyTrial(List.of(trial(100, 20), trial(10, 12)), () -> now);
        assertFalse(family.round());
        assertTrue(family.round());
    }

    @Test
    void oneSlowKernelHoldsItsFamilyBack() {
        FamilyTrial family = new FamilyTrial(List.of(trial(1000, 20), trial(10, 16)), () -> now);
        for (int i = 0; i < 5; i++) {
            assertFalse(family.round());
        }
    }

    @Test
    void aFamilyThatIsNotFasterInSumStaysPlain() {
        FamilyTrial family = new FamilyTrial(List.of(trial(10, 10)), () -> now);
        for (int i = 0; i < 5; i++) {
            assertFalse(family.round());
        }
    }

    private static Kernels set() {
        return new Kernels(
                new PlainGemmKernels(),
                new PlainDepthwiseKernels(),
                new PlainElementwiseKernels(),
                new PlainPoolingKernels(),
                new PlainReductionKernels(),
                new PlainWidenedKernels(),
                new PlainQuantizedKernels(),
                new PlainFunctionKernels());
    }

    @Test
    void keepsPlainKernelsWhereVectorKernelsNeverGetFaster() {
        Kernels plain = set();
        WarmingKernels source = new WarmingKernels(plain);
        source.warm(set(), () -> now += 1_000_000_000);
        assertSame(plain, source.kernels());
    }

    @Test
    void switchesFamilyByFamilyAndTellsEachTime() {
        Kernels plain = set();
        Kernels vector = set();
        long[] step = {1_000_000};
        WarmingKernels source = new WarmingKernels(plain);
        List<Kernels> seen = new ArrayList<>();
        Runnable listener = () -> seen.add(source.kernels());
        source.onChange(listener);
        // each interval is shorter than the one before, so what is measured later wins
        source.warm(vector, () -> now += step[0] > 1 ? step[0]-- : 1);
        assertEquals(KernelFamily.values().length, seen.size());
        Kernels first = seen.get(0);
        assertEquals(new SplitGemm(vector.gemm(), plain.gemm(), false), first.gemm());
        assertSame(plain.depthwise(), first.depthwise());
        assertSame(plain.quantized(), first.quantized());
        assertEquals(vector, source.kernels());
        assertNotSame(plain, source.kernels());
    }

    @Test
    void productsComeBeforeTransposedProductsWhichOnlyTrainingNeeds() {
        Kernels plain = set();
        Kernels vector = set();
        Kernels products = KernelFamily.PRODUCT.replace(plain, vector);
        assertEquals(new SplitGemm(vector.gemm(), plain.gemm(), false), products.gemm());
        assertEquals(plain.describe(), products.describe());
        assertSame(
                vector.gemm(),
                KernelFamily.TRANSPOSED_PRODUCT.replace(products, vector).gemm());
    }

    @Test
    void productsAreOneProvidersOnceAllOfTheirKindsAreReplaced() {
        Kernels plain = set();
        Kernels vector = set();
        Kernels kernels = plain;
        List<KernelFamily> kinds =
                List.of(KernelFamily.PRODUCT, KernelFamily.RESCALED_PRODUCT, KernelFamily.TRANSPOSED_PRODUCT);
        for (KernelFamily kind : kinds) {
            assertNotSame(vector.gemm(), kernels.gemm());
            kernels = kind.replace(kernels, vector);
        }
        assertSame(vector.gemm(), kernels.gemm());
    }

    @Test
    void int8KernelsComeEarlyWhereTheyAreWanted() {
        long[] step = {1_000_000};
        Kernels plain = set();
        Kernels vector = set();
        WarmingKernels source = new WarmingKernels(plain);
        source.wantInt8();
        List<Kernels> seen = new ArrayList<>();
        Runnable listener = () -> seen.add(source.kernels());
        source.onChange(listener);
        source.warm(vector, () -> now += step[0] > 1 ? step[0]-- : 1);
        assertEquals(
                new SplitWidened(vector.widened(), plain.widened()), seen.get(1).widened());
        assertSame(plain.elementwise(), seen.get(1).elementwise());
        assertSame(plain.depthwise(), seen.get(1).depthwise());
    }

    @Test
    void settledOnceItHasGivenUpWaitingForAnAnswer() {
        WarmingKernels source = new WarmingKernels(set());
        assertFalse(source.settled());
        Thread.currentThread().interrupt();
        source.run();
        assertTrue(source.settled());
        assertFalse(Thread.interrupted());
    }

    @Test
    void settledOnceItIsInterrupted() {
        WarmingKernels source = new WarmingKernels(set());
        source.answered();
        assertFalse(source.settled());
        Thread.currentThread().interrupt();
        source.run();
        assertTrue(source.settled());
        assertTrue(Thread.interrupted());
    }

    @Test
    void settledOnceItHasFoundNoVectorKernels() {
        assumeTrue(KernelProviders.vector().isEmpty(), "vector module");
        WarmingKernels source = new WarmingKernels(set());
        source.answered();
        source.run();
        assertTrue(source.settled());
    }

    @Test
    void whatNeverChangesIsSettled() {
        assertTrue(KernelSource.fixed(set()).settled());
    }

    /** On the real clock: with vector kernels, whenever they are ready or given up. */
    @Test
    void automaticKernelsSettle() throws InterruptedException {
        KernelSource source = KernelProviders.automatic();
        source.answered();
        while (!source.settled()) {
            Thread.sleep(10);
        }
        Kernels settled = source.kernels();
        assertSame(settled, source.kernels());
    }

    @Test
    void automaticIsOneSourceForAll() {
        assertSame(KernelProviders.automatic(), KernelProviders.automatic());
    }
}
