package org.nd4j.nativeblas;

/**
 * Gives Deeplearning4j its oneDNN helpers back. Release 1.0.0-M2.1 asks this class, by reflection, whether it may use them; but the class has moved and the
 * question been renamed, so the release silently goes without, and its convolutions take some six times as long. Here is the old name, which passes the
 * question on.
 */
public final class Nd4jCpu {
    private Nd4jCpu() {}

    /** Where {@code BaseMKLDNNHelper} looks. */
    public static final class Environment {
        private Environment() {}

        public static Environment getInstance() {
            return new Environment();
        }

        /** Whether ND4J's native half was built with oneDNN and has it switched on. */
        public boolean isUseMKLDNN() {
            return org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu.Environment.getInstance()
                    .isUseONEDNN();
        }
    }
}
