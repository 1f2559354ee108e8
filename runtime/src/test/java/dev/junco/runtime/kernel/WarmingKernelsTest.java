package dev.junco.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WarmingKernelsTest {
    /** Time that passes only when work is done. */
    private long now;

    private KernelTrial trial(long plainNanos, long vectorNanos) {
        return new KernelTrial(t -> {}, t -> {}, t -> {}, t -> now += vectorNanos, t -> now += plainNanos);
    }

    @Test
    void aFamilyProvesItselfInTheSecondGoodRound() {
        FamilyTrial family = new FamilyTrial(List.of(trial(100, 20), trial(10, 12)), false, () -> now);
        assertFalse(family.round());
        assertTrue(family.round());
    }

    @Test
    void oneSlowKernelHoldsItsFamilyBack() {
        FamilyTrial family = new FamilyTrial(List.of(trial(1000, 20), trial(10, 16)), false, () -> now);
        for (int i = 0; i < 5; i++) {
            assertFalse(family.round());
        }
    }

    @Test
    void aFamilyThatIsNotFasterInSumStaysPlain() {
        FamilyTrial family = new FamilyTrial(List.of(trial(10, 10)), false, () -> now);
        for (int i = 0; i < 5; i++) {
            assertFalse(family.round());
        }
    }

    @Test
    void aFamilyThatIsReadyAndNoFasterIsGivenUp() {
        FamilyTrial family = new FamilyTrial(List.of(trial(10, 10)), false, () -> now);
        for (int i = 0; i < 10; i++) {
            assertFalse(family.round());
            assertFalse(family.isInVain());
        }
        for (int i = 0; i < 100; i++) {
            family.round();
        }
        assertTrue(family.isInVain());
    }

    @Test
    void aFamilyThatIsNotReadyIsWaitedFor() {
        FamilyTrial family = new FamilyTrial(List.of(trial(10, 20)), false, () -> now);
        for (int i = 0; i < 100; i++) {
            assertFalse(family.round());
        }
        assertFalse(family.isInVain());
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

    /** What a run of an int8 network with convolutions of both kinds asks for while its kernels are plain. */
    private static void askForInt8(Kernels kernels) {
        kernels.gemm();
        kernels.widened()
                .add(
                        QuantizedSum.of(1, 0, 1, 0, 1, 0, -128, 127),
                        new float[1],
                        0,
                        new float[1],
                        0,
                        new float[1],
                        0,
                        1);
        kernels.depthwise();
    }

    /** A clock of which each interval is shorter than the one before, so what is measured later wins. */
    private long faster() {
        now += step > 1 ? step-- : 1;
        return now;
    }

    private long step = 1_000_000;

    /** The families of a warm-up to the end, in the order in which they come into use. */
    private List<Set<KernelFamily>> inUse(WarmingKernels source, Kernels vector) {
        List<Kernels> seen = new ArrayList<>();
        Runnable listener =
                () -> seen.add(source.kernels()); // whose kernels are looked at later, because a look is a note
        source.onChange(listener);
        assertTrue(source.warm(vector, this::faster));
        Reference.reachabilityFence(listener);
        List<Set<KernelFamily>> families = new ArrayList<>();
        for (Kernels kernels : seen) {
            families.add(inUse(kernels, vector));
        }
        return families;
    }

    private static Set<KernelFamily> inUse(Kernels kernels, Kernels vector) {
        Set<KernelFamily> families = EnumSet.noneOf(KernelFamily.class);
        add(families, KernelFamily.PRODUCT, kernels.gemm() == vector.gemm());
        add(families, KernelFamily.DEPTHWISE, kernels.depthwise() == vector.depthwise());
        add(families, KernelFamily.WIDENED, ((SplitWidened) kernels.widened()).lines() == vector.widened());
        add(families, KernelFamily.WIDENED_REST, ((SplitWidened) kernels.widened()).provider() == vector.widened());
        add(families, KernelFamily.ELEMENTWISE, ((Split<?>) kernels.elementwise()).provider() == vector.elementwise());
        add(families, KernelFamily.POOLING, ((Split<?>) kernels.pooling()).provider() == vector.pooling());
        add(families, KernelFamily.FUNCTION, ((Split<?>) kernels.function()).provider() == vector.function());
        return families;
    }

    private static void add(Set<KernelFamily> families, KernelFamily family, boolean condition) {
        if (condition) {
            families.add(family);
        }
    }

    @Test
    void keepsPlainKernelsWhereVectorKernelsNeverGetFaster() {
        Kernels plain = set();
        WarmingKernels source = new WarmingKernels(plain);
        source.kernels().gemm();
        assertFalse(source.warm(set(), () -> now += 1_000_000_000));
        assertSame(plain.gemm(), source.kernels().gemm());
    }

    @Test
    void warmsNothingThatNoRunAskedFor() {
        Kernels vector = set();
        WarmingKernels source = new WarmingKernels(set());
        List<Kernels> seen = new ArrayList<>();
        Runnable listener = () -> seen.add(source.kernels());
        source.onChange(listener);
        assertTrue(source.warm(vector, this::faster));
        assertEquals(List.of(), seen);
    }

    @Test
    void warmsTheKernelsThatRunsAskForAndTellsEachTime() {
        Kernels vector = set();
        WarmingKernels source = new WarmingKernels(set());
        source.kernels().gemm();
        float[] x = {1, 2};
        source.kernels().elementwise().add(x, 0, x, 0, x, 0, 2);
        Set<KernelFamily> both = Set.of(KernelFamily.PRODUCT, KernelFamily.ELEMENTWISE);
        // and last the main tile, which these sets do not have
        assertEquals(List.of(Set.of(KernelFamily.PRODUCT), both, both), inUse(source, vector));
    }

    @Test
    void ofAFamilyOfSmallKernelsOnlyThoseThatAreAskedFor() {
        Kernels vector = set();
        WarmingKernels source = new WarmingKernels(set());
        float[] x = {1, 2};
        source.kernels().elementwise().add(x, 0, x, 0, x, 0, 2);
        source.warm(vector, this::faster);
        Split<?> split = (Split<?>) source.kernels().elementwise();
        assertSame(vector.elementwise(), split.provider());
        source.kernels().elementwise().multiply(x, 0, x, 0, x, 0, 2);
        assertSame(split.plain(), split.provider());
        source.warm(vector, this::faster);
        assertSame(vector.elementwise(), ((Split<?>) source.kernels().elementwise()).provider());
        assertEquals(Integer.bitCount(((Split<?>) source.kernels().elementwise()).ready()), 2);
    }

    @Test
    void everyProblemOfASplitFamilyAsksForTheKernelOfItsNumberAlone() {
        for (KernelFamily family : KernelFamily.ALL) {
            for (int i = 0; family.isSplit() && i < family.problems().size(); i++) {
                Kernels kernels = KernelProviders.plain().noting();
                family.problems().get(i).on(kernels, KernelTrial.Size.TINY).run(1);
                for (KernelFamily other : KernelFamily.ALL) {
                    int asked = other.isSplit() ? kernels.demand().asked(other) : 0;
                    assertEquals(other == family ? 1 << i : 0, asked, family + " " + i + " asked for " + other);
                }
            }
        }
    }

    @Test
    void int8NetworksGetProductsAndWidenedValuesFirst() {
        Kernels vector = set();
        WarmingKernels source = new WarmingKernels(set());
        askForInt8(source.kernels());
        float[] x = {1, 2};
        source.kernels().function().abs(x, 0, x, 0, 2);
        List<Set<KernelFamily>> seen = inUse(source, vector);
        assertEquals(Set.of(KernelFamily.PRODUCT, KernelFamily.WIDENED), seen.get(1));
        assertEquals(Set.of(KernelFamily.PRODUCT, KernelFamily.WIDENED, KernelFamily.WIDENED_REST), seen.get(2));
    }

    /** Until int8 depthwise convolutions have kernels of their own, they take those for floats. */
    @Test
    void depthwiseKernelsForFloatsAreNotWarmedForInt8NetworksThatDoWithoutThem() {
        Kernels vector = set();
        WarmingKernels source = new WarmingKernels(set());
        askForInt8(source.kernels());
        source.warm(vector, this::faster);
        assertSame(vector.widened(), ((SplitWidened) source.kernels().widened()).lines());
        assertFalse(source.kernels().depthwise() == vector.depthwise());
        source.warm(vector, this::faster); // now asked for by the line above
        assertSame(vector.depthwise(), source.kernels().depthwise());
    }

    @Test
    void productsBeginWithoutTheMainTileAndWithoutResultsInRegisters() {
        GemmKernels whole =
                KernelProviders.vector().orElseGet(WarmingKernelsTest::set).gemm();
        GemmKernels plain = new PlainGemmKernels();
        GemmKernels first = SplitGemm.with(KernelFamily.PRODUCT, plain, whole);
        assertFalse(first.rescales());
        assertSame(whole.soonest().packer(false), first.packer(false));
        assertSame(whole.packer(true), first.packer(true));
        GemmKernels registers = SplitGemm.with(KernelFamily.RESCALED_PRODUCT, first, whole);
        assertEquals(whole.rescales(), registers.rescales());
        assertSame(whole, SplitGemm.with(KernelFamily.MAIN_PRODUCT, registers, whole));
        GemmKernels main = SplitGemm.with(KernelFamily.MAIN_PRODUCT, first, whole);
        assertSame(whole.packer(false), main.packer(false));
        assertSame(whole, SplitGemm.with(KernelFamily.RESCALED_PRODUCT, main, whole));
        assertSame(main, SplitGemm.with(KernelFamily.POOLING, main, whole));
    }

    @Test
    void settledWhileNothingIsWantedAndOnlyAfterARun() {
        WarmingKernels source = new WarmingKernels(set());
        assertFalse(source.settled());
        source.answered();
        assertTrue(source.settled());
        source.kernels().gemm();
        assertFalse(source.settled());
        source.warm(set(), this::faster);
        assertTrue(source.settled());
    }

    @Test
    void namesAreThoseOfTheProvidersThatServe() {
        Kernels noting = set().noting();
        assertEquals(set().describe(), noting.describe());
        assertEquals("PlainPoolingKernels", Kernels.name(noting.pooling()));
        assertEquals("WarmingKernelsTest", Kernels.name(this));
    }

    @Test
    void whatNeverChangesIsSettled() {
        assertTrue(KernelSource.fixed(set()).settled());
    }

    /** On the real clock: with vector kernels, whenever they are ready or given up. */
    @Test
    void automaticKernelsSettle() throws InterruptedException {
        KernelSource source = KernelProviders.automatic();
        Runnable listener = () -> {};
        source.onChange(listener);
        source.kernels().gemm();
        source.answered();
        while (!source.settled()) {
            Thread.sleep(10);
        }
        if (KernelProviders.vector().isPresent()) {
            assertEquals("VectorGemmKernels", Kernels.name(source.kernels().gemm()));
        }
        Reference.reachabilityFence(listener);
    }

    @Test
    void automaticIsOneSourceForAll() {
        assertSame(KernelProviders.automatic(), KernelProviders.automatic());
    }
}
