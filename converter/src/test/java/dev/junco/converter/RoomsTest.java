package dev.junco.converter;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms of the converter; docs/architecture.md draws them. */
class RoomsTest {
    private static final String FACE = "dev.junco.converter";
    private static final String PASS = FACE + ".pass..";
    private static final String SIZE = FACE + ".size..";
    private static final String MEASURE = FACE + ".measure..";
    private static final String QUANTIZE = FACE + ".quantize..";
    private static final String TFLITE = FACE + ".tflite..";
    private static final String RUNTIME = "dev.junco.runtime..";

    /** The types of the public face that carry values: every room may use them. */
    private static final Set<String> VALUES = Set.of(
            "Comparison",
            "ConversionException",
            "Fidelity",
            "ImportException",
            "Metric",
            "Precision",
            "RangeMethod",
            "Samples");

    private static final DescribedPredicate<JavaClass> ARE_VALUES = DescribedPredicate.describe(
            "are public values", type -> type.getPackageName().equals(FACE) && VALUES.contains(type.getSimpleName()));

    private static final JavaClasses CONVERTER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(FACE);

    @Test
    void passesSeeOnlyTheRuntime() {
        only(PASS, PASS);
    }

    @Test
    void sizesSeePasses() {
        only(SIZE, SIZE, PASS);
    }

    @Test
    void measuringSeesPasses() {
        only(MEASURE, MEASURE, PASS);
    }

    @Test
    void quantisationSeesMeasuringAndPasses() {
        only(QUANTIZE, QUANTIZE, MEASURE, PASS);
    }

    @Test
    void theImporterSeesOnlyTheRuntime() {
        only(TFLITE, TFLITE);
    }

    private static void only(String room, String... others) {
        classes()
                .that()
                .resideInAPackage(room)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", RUNTIME)
                        .or(resideInAnyPackage(others))
                        .or(ARE_VALUES))
                .check(CONVERTER);
    }
}
