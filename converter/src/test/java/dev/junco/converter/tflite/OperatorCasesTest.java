package dev.junco.converter.tflite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator that can be imported computes what TensorFlow Lite defines: here, in a test of its own, or in a public model with recorded answers. */
class OperatorCasesTest {
    /** Operators of the models that {@link PublicModelsTest} runs. */
    private static final Set<String> PUBLIC = Set.of("""
        ABS ADD ARG_MAX ARG_MIN AVERAGE_POOL_2D BATCH_TO_SPACE_ND CAST CEIL CONCATENATION CONV_2D COS DEPTHWISE_CONV_2D
        DEPTH_TO_SPACE DIV EQUAL EXP FLOOR FULLY_CONNECTED GATHER GATHER_ND GREATER GREATER_EQUAL HARD_SWISH LEAKY_RELU
        LESS LESS_EQUAL LOG LOGICAL_AND LOGICAL_NOT LOGICAL_OR LOGISTIC LOG_SOFTMAX MAXIMUM MAX_POOL_2D MEAN MINIMUM MUL
        NEG NOT_EQUAL PACK PAD POW PRELU RELU RELU6 RELU_N1_TO_1 RESHAPE RESIZE_BILINEAR RESIZE_NEAREST_NEIGHBOR ROUND
        RSQRT SELECT SIN SLICE SOFTMAX SPACE_TO_BATCH_ND SPACE_TO_DEPTH SPLIT SQRT SQUARE STRIDED_SLICE SUB TANH TILE
        TRANSPOSE UNIDIRECTIONAL_SEQUENCE_LSTM UNPACK\
        """.split("\\s+"));

    /** Operators that need more than one case of one node. */
    private static final Map<Class<?>, List<String>> ELSEWHERE = Map.of(
            RareOperatorsTest.class,
            List.of("LOCAL_RESPONSE_NORMALIZATION", "MATRIX_DIAG", "MATRIX_SET_DIAG", "SPARSE_TO_DENSE"),
            VolumeImportsTest.class,
            List.of("CONV_3D", "CONV_3D_TRANSPOSE"),
            Int16OperatorsTest.class,
            List.of("BATCH_MATMUL", "TRANSPOSE_CONV"));

    private static Stream<OperatorCase> cases() {
        return Stream.of(ArithmeticCases.all(), MovementCases.all(), RecurrentCases.all())
                .flatMap(cases -> cases);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answers(OperatorCase operator) {
        assertEquals(operator.operator(), BuiltinNames.of(operator.code()));
        operator.check();
    }

    @Test
    void everyTranslationIsTested() {
        Set<String> tested = new TreeSet<>(PUBLIC);
        ELSEWHERE.values().forEach(tested::addAll);
        cases().map(OperatorCase::operator).forEach(tested::add);
        assertEquals(new TreeSet<>(OperatorTable.builtin()), tested);
    }

    @Test
    void publicModelsHaveTheOperatorsThatCountAsTestedThere() throws IOException {
        String root = System.getenv("JUNCO_DATA");
        assumeTrue(root != null, "JUNCO_DATA names no folder");
        Set<String> found = new TreeSet<>();
        try (Stream<Path> paths = Files.walk(Path.of(root))) {
            for (Path path : paths.filter(p -> p.toString().endsWith(".tflite")).toList()) {
                FlatBytes bytes = new FlatBytes(ByteBuffer.wrap(Files.readAllBytes(path)));
                TfliteReader.read(bytes).subgraphs().stream()
                        .flatMap(subgraph -> subgraph.operators().stream())
                        .forEach(operator -> found.add(operator.name()));
            }
        }
        assertTrue(found.containsAll(PUBLIC), () -> {
            Set<String> missing = new TreeSet<>(PUBLIC);
            missing.removeAll(found);
            return "no model has " + missing;
        });
    }
}
