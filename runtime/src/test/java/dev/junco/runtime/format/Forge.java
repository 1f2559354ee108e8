package dev.junco.runtime.format;

import dev.junco.runtime.ModelFormatException;
import dev.junco.runtime.UnsupportedModelException;
import dev.junco.runtime.format.Layout.Field;
import dev.junco.runtime.format.Layout.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Damages model files on purpose. */
final class Forge {
    private Forge() {}

    /** Little-endian view of a file that can be written to. */
    static ByteBuffer open(byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Position of the seal. */
    static int seal(byte[] sound) {
        return RootTable.field(open(sound), RootTable.SEAL);
    }

    /** Bytes before the data section. */
    static int description(byte[] sound) {
        return (int) open(sound).getLong(seal(sound) + 8);
    }

    /** Makes the digest at a position right again, so that only what lies behind it can refuse the file. */
    static byte[] reseal(byte[] file, int seal) {
        int digest = seal + ModelFormat.SHA256_IN_SEAL;
        Arrays.fill(file, digest, digest + ModelFormat.SHA256_BYTES, (byte) 0);
        byte[] fresh = Bytes.sha256(List.of(ByteBuffer.wrap(file)));
        System.arraycopy(fresh, 0, file, digest, fresh.length);
        return file;
    }

    /** What reading a file comes to: null if it is read, else the message of one of the two exceptions; all else is thrown. */
    static String read(byte[] file) {
        try {
            ModelReader.read(ByteBuffer.wrap(file), Samples.RULES);
            return null;
        } catch (ModelFormatException | UnsupportedModelException e) {
            return e.getMessage();
        }
    }

    /**
     * Position of a field, an element, or an offset in a sound file.
     *
     * @param path for example {@code graphs[0].tensors[3].shape[1]}; a vector without an index means its length, a name that ends with
     *     {@code @} the offset in the table and not what it leads to
     */
    static int position(byte[] sound, String path) {
        ByteBuffer bytes = open(sound);
        int table = bytes.getInt(0);
        Layout layout = Layouts.MODEL_FILE;
        int at = 0;
        for (String step : path.split("\\.")) {
            String name = step.replaceAll("[\\[@].*", "");
            int slot = 0;
            while (!layout.fields().get(slot).name().equals(name)) {
                slot++;
            }
            Field field = layout.fields().get(slot);
            int vtable = table - bytes.getInt(table);
            int offset = bytes.getShort(vtable + 4 + 2 * slot);
            if (offset == 0) {
                throw new IllegalArgumentException(path + ": " + name + " is absent");
            }
            at = table + offset;
            if (step.endsWith("@")
                    || field.kind() == Kind.STRUCT
                    || field.kind().bytes() != 4
                    || isNumber(field)) {
                continue;
            }
            at += bytes.getInt(at);
            if (step.contains("[")) {
                int index = Integer.parseInt(step.replaceAll(".*\\[|\\].*", ""));
                at += 4 + index * (field.kind() == Kind.STRUCTS ? field.size() : field.kind() == Kind.BYTES ? 1 : 4);
            }
            if (field.kind() == Kind.TABLES || field.kind() == Kind.TABLE || field.kind() == Kind.UNION) {
                table = field.kind() == Kind.TABLES ? at + bytes.getInt(at) : at;
                int tag = field.kind() == Kind.UNION ? bytes.get(tagPosition(bytes, at, path, sound)) : 1;
                layout = field.targets().get(tag - 1);
            }
        }
        return at;
    }

    private static int tagPosition(ByteBuffer bytes, int table, String path, byte[] sound) {
        return position(sound, path.substring(0, path.indexOf(".options") + 8) + "_type");
    }

    private static boolean isNumber(Field field) {
        return field.kind() == Kind.INT32 || field.kind() == Kind.FLOAT32;
    }
}
