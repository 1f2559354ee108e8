/**
 * Benchmarks of the runtime and the trainer, with Deeplearning4j in the same run. On a JDK 25:
 *
 * <pre>
 * mvn -Pbenchmarks -DskipTests package
 * java --add-modules jdk.incubator.vector -jar trainer/benchmarks/target/junco-benchmarks.jar
 * </pre>
 */
package dev.junco.benchmarks;
