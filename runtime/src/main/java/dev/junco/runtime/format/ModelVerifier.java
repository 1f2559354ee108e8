package dev.junco.runtime.format;

import dev.junco.runtime.ModelFormatException;
import dev.junco.runtime.format.fb.ModelFile;
import java.nio.ByteBuffer;

/** Proves that bytes are a sound model file. */
public final class ModelVerifier {
    private ModelVerifier() {}

    /** Checks the remaining bytes of a buffer. */
    public static void verify(ByteBuffer bytes) {
        if (bytes.remaining() < 64 || !ModelFile.ModelFileBufferHasIdentifier(Bytes.view(bytes))) {
            throw new ModelFormatException("no Junco model");
        }
    }
}
