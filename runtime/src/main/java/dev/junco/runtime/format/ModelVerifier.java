package dev.junco.runtime.format;

import dev.junco.runtime.ModelFormatException;
import dev.junco.runtime.UnsupportedModelException;
import dev.junco.runtime.format.fb.ModelFile;
import dev.junco.runtime.format.fb.OperatorKind;
import dev.junco.runtime.format.fb.Seal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Proves that bytes are a sound model file: every rule of {@code model.fbs} but those that belong to the operators. Of all possible bytes
 * it accepts some and throws one of two exceptions for the others, in time linear in their number and memory linear in the size of the
 * description, which is bounded.
 */
public final class ModelVerifier {
    /** The root offset and the identifier. */
    private static final int SHORTEST = 8;
    /** Tags of a union are bytes, and 0 is none. */
    private static final int MOST_KINDS = 255;

    private ModelVerifier() {}

    /**
     * Checks the remaining bytes of a buffer, whose position stays.
     *
     * @throws ModelFormatException if the bytes are damaged or no model
     * @throws UnsupportedModelException if they are a model that needs something that this runtime lacks; the message names all of it
     */
    public static void verify(ByteBuffer bytes) {
        ByteBuffer file = Bytes.view(bytes);
        identify(file);
        int prefix = Math.min(file.remaining(), ModelFormat.MAX_DESCRIPTION);
        new StructureVerifier(file, prefix).root(Layouts.VERSION);
        requireVersion(ModelFile.getRootAsModelFile(file));
        new StructureVerifier(file, prefix).root(Layouts.SEALED);
        int description = requireSize(ModelFile.getRootAsModelFile(file).seal(), file.remaining());
        requireBounded(description);
        new StructureVerifier(file, description).root(Layouts.ENVELOPE);
        requireDigest(file);
        requireCapability(ModelFile.getRootAsModelFile(file));
        verifyDescription(file, description);
    }

    /** Checks a description, whose seal is known to be sound, without looking at the data section. */
    static void verifyDescription(ByteBuffer file, int description) {
        requireBounded(description);
        new StructureVerifier(file, description).root(Layouts.MODEL_FILE);
        ContentVerifier content = new ContentVerifier(ModelFile.getRootAsModelFile(file));
        content.verify();
        if (!content.missing().isEmpty()) {
            throw unsupported(content.missing());
        }
    }

    private static void identify(ByteBuffer file) {
        if (file.remaining() < SHORTEST || !ModelFile.ModelFileBufferHasIdentifier(file)) {
            throw new ModelFormatException("this is no Junco model: found " + start(file)
                    + ", expected the letters JNCO at bytes 4 to 7. Models of other formats have to be"
                    + " converted first");
        }
    }

    private static String start(ByteBuffer file) {
        if (file.remaining() < SHORTEST) {
            return file.remaining() + " bytes";
        }
        StringBuilder hex = new StringBuilder("bytes");
        for (int i = 4; i < SHORTEST; i++) {
            hex.append(String.format(" %02x", file.get(i)));
        }
        return hex.append(" there").toString();
    }

    private static void requireVersion(ModelFile root) {
        if (root.formatVersion() < ModelFormat.VERSION) {
            throw new ModelFormatException("damaged model: found format version " + root.formatVersion() + ", expected "
                    + ModelFormat.VERSION + " or more");
        }
        if (root.formatVersion() > ModelFormat.VERSION) {
            throw new UnsupportedModelException("the model has format version " + root.formatVersion()
                    + "; this runtime, " + ModelFormat.release(ModelFormat.RUNTIME) + ", reads version "
                    + ModelFormat.VERSION + ". Update junco-runtime");
        }
    }

    /** Checks the seal's numbers; returns the bytes of the description. */
    private static int requireSize(Seal seal, int found) {
        if (seal.fileBytes() != found) {
            throw new ModelFormatException("damaged model: found " + found + " bytes, expected " + seal.fileBytes()
                    + (found < seal.fileBytes() ? "; the file is truncated" : ""));
        }
        long offset = seal.dataOffset();
        if (offset < SHORTEST || offset > found || offset % ModelFormat.ALIGNMENT != 0) {
            throw new ModelFormatException("damaged model: found data at byte " + offset + ", expected a multiple of "
                    + ModelFormat.ALIGNMENT + " up to " + found);
        }
        return (int) offset;
    }

    private static void requireBounded(int description) {
        if (description > ModelFormat.MAX_DESCRIPTION) {
            throw new UnsupportedModelException("the model's description has " + description
                    + " bytes beside the weights; this runtime takes up to " + ModelFormat.MAX_DESCRIPTION);
        }
    }

    private static void requireDigest(ByteBuffer file) {
        int digestAt = RootTable.field(file, RootTable.SEAL) + ModelFormat.SHA256_IN_SEAL;
        byte[] stored = new byte[ModelFormat.SHA256_BYTES];
        Bytes.slice(file, digestAt, digestAt + stored.length).get(stored);
        if (!Arrays.equals(stored, digest(file, digestAt))) {
            throw new ModelFormatException(
                    "damaged model: its content does not match its SHA-256. It was changed in storage"
                            + " or on its way; fetch or write it again");
        }
    }

    /** SHA-256 as the seal defines it: the digest's own bytes and a signature count as 0. */
    private static byte[] digest(ByteBuffer file, int digestAt) {
        int field = RootTable.field(file, RootTable.SIGNATURE);
        int signature = field == 0 ? 0 : field + file.getInt(field) + Integer.BYTES;
        int signatureBytes = field == 0 ? 0 : file.getInt(signature - Integer.BYTES);
        List<ByteBuffer> pieces = new ArrayList<>();
        int at = 0;
        if (signature < digestAt) {
            at = blank(file, at, signature, signatureBytes, pieces);
            at = blank(file, at, digestAt, ModelFormat.SHA256_BYTES, pieces);
        } else {
            at = blank(file, at, digestAt, ModelFormat.SHA256_BYTES, pieces);
            at = blank(file, at, signature, signatureBytes, pieces);
        }
        pieces.add(Bytes.slice(file, at, file.limit()));
        return Bytes.sha256(pieces);
    }

    private static int blank(ByteBuffer file, int from, int hole, int holeBytes, List<ByteBuffer> pieces) {
        pieces.add(Bytes.slice(file, from, hole));
        pieces.add(ByteBuffer.allocate(holeBytes));
        return hole + holeBytes;
    }

    private static void requireCapability(ModelFile root) {
        TreeSet<String> missing = new TreeSet<>();
        if (root.minimumRuntime() > ModelFormat.RUNTIME) {
            missing.add("junco-runtime " + ModelFormat.release(root.minimumRuntime()) + " or newer");
        }
        if (root.operatorKindsLength() > MOST_KINDS) {
            throw new ModelFormatException("damaged model at operator_kinds: found " + root.operatorKindsLength()
                    + " kinds of operators, expected at most " + MOST_KINDS);
        }
        for (int i = 0; i < root.operatorKindsLength(); i++) {
            OperatorKind kind = root.operatorKinds(i);
            if (!OptionsCodec.knows(kind.options())) {
                missing.add("operator " + Text.clip(kind.name()));
            }
        }
        if (!missing.isEmpty()) {
            throw unsupported(missing);
        }
    }

    private static UnsupportedModelException unsupported(TreeSet<String> missing) {
        return new UnsupportedModelException("the model needs what this runtime, "
                + ModelFormat.release(ModelFormat.RUNTIME) + ", lacks: " + String.join(", ", missing)
                + ". Update junco-runtime");
    }
}
