package dev.junco.runtime.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.attributes.BatchNormAttributes;
import dev.junco.runtime.graph.attributes.CumSumAttributes;
import dev.junco.runtime.graph.attributes.DequantizeAttributes;
import dev.junco.runtime.graph.attributes.DropoutAttributes;
import dev.junco.runtime.graph.attributes.DynamicQuantizeAttributes;
import dev.junco.runtime.graph.attributes.GlobalPool2DAttributes;
import dev.junco.runtime.graph.attributes.LogicalAttributes;
import dev.junco.runtime.graph.attributes.QuantizeAttributes;
import dev.junco.runtime.graph.attributes.ReshapeAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** No operator without a case. */
class OpCatalogCoverageTest {
    @Test
    void everyOperatorHasFloatCases() {
        Set<Class<?>> expected = standard();
        expected.removeAll(
                Set.of(QuantizeAttributes.class, DequantizeAttributes.class, DynamicQuantizeAttributes.class));
        assertEquals(expected, attributes(OpCases.float32()));
    }

    @Test
    void everyOperatorWithAnInt8FormHasInt8Cases() {
        Set<Class<?>> expected = standard();
        expected.removeAll(floatOnly());
        assertEquals(expected, attributes(OpCases.int8()));
    }

    /** Aliases have nothing to do. */
    @Test
    void everyOperatorHasCasesLargeEnoughForThreads() {
        List<OpCase> large = OpCases.large();
        Set<Class<?>> floats = standard();
        floats.removeAll(Set.of(ReshapeAttributes.class, DropoutAttributes.class, GlobalPool2DAttributes.class));
        Set<Class<?>> bytes = new HashSet<>(floats);
        bytes.removeAll(floatOnly());
        floats.removeAll(Set.of(QuantizeAttributes.class, DequantizeAttributes.class, DynamicQuantizeAttributes.class));
        assertEquals(floats, attributes(large.stream().filter(c -> !c.isInt8()).toList()));
        assertEquals(bytes, attributes(large.stream().filter(OpCase::isInt8).toList()));
    }

    @Test
    void noCaseIsThereTwice() {
        Set<String> seen = new HashSet<>();
        for (OpCase opCase : OpCases.all()) {
            assertTrue(seen.add(opCase.toString()), opCase + " is there twice");
        }
    }

    private static Set<Class<?>> floatOnly() {
        Set<Class<?>> classes =
                new HashSet<>(Set.of(BatchNormAttributes.class, LogicalAttributes.class, CumSumAttributes.class));
        classes.addAll(HybridCases.FLOAT_ONLY);
        classes.addAll(RecurrentCases.FLOAT_ONLY);
        classes.addAll(DetectionCases.FLOAT_ONLY);
        classes.addAll(SignalCases.FLOAT_ONLY);
        return classes;
    }

    private static Set<Class<?>> standard() {
        return OperatorCatalog.standard().operators().stream()
                .map(Operator::attributesType)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Set<Class<?>> attributes(List<OpCase> cases) {
        return cases.stream().map(OpCase::attributes).map(Attributes::getClass).collect(Collectors.toSet());
    }
}
