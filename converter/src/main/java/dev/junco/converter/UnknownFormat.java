package dev.junco.converter;

import dev.junco.runtime.ModelFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a file looks like that is no model of a format that is read, told by its bytes, and what to do about it. */
final class UnknownFormat {
    /** So much of a file tells what it is. */
    private static final int START = 1 << 14;

    private final ByteBuffer file;
    private final String start;

    private UnknownFormat(ByteBuffer file) {
        this.file = file;
        byte[] bytes = new byte[Math.min(START, file.remaining())];
        file.get(file.position(), bytes);
        this.start = new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** An error that names the file, the formats that are read, what this one looks like, and the cure. */
    static ModelFormatException refusal(Path path, ByteBuffer file) {
        return new ModelFormatException(
                "'" + path + "' is no Junco model and no TensorFlow Lite model, which are the formats"
                        + " that are read: " + new UnknownFormat(file.slice()).looks());
    }

    private String looks() {
        if (start.isEmpty()) {
            return "it is empty. Copy or download it again";
        }
        if (start.startsWith("\u0089HDF\r\n\u001a\n")) {
            return "it looks like HDF5, as Keras writes .h5, which is not read yet." + fromKeras();
        }
        if (start.startsWith("PK\u0003\u0004")) {
            return archive();
        }
        if (start.startsWith("\u001f\u008b")) {
            return "it is packed with gzip. Unpack it first";
        }
        if (start.startsWith("version https://git-lfs")) {
            return "it is a pointer of Git LFS. Fetch the file itself with git lfs pull";
        }
        if (isOnnx()) {
            return "it looks like ONNX, which is not read yet. Convert it to TensorFlow Lite, for example with"
                    + " onnx2tf, and give that file";
        }
        return isText()
                ? "it looks like text. Is it the right file?"
                : "it begins with the bytes " + hex() + ". Is it the right file, and whole?";
    }

    private String archive() {
        if (start.contains("model.weights.h5") || start.contains("metadata.json") && start.contains("config.json")) {
            return "it looks like Keras, a .keras archive, which is not read yet." + fromKeras();
        }
        return start.contains("data.pkl")
                ? "it looks like PyTorch, which is not read. Convert it to TensorFlow Lite, for example with"
                        + " litert-torch, and give that file"
                : "it is a ZIP archive. If the model is in it, unpack it first";
    }

    private static String fromKeras() {
        return " Convert it to TensorFlow Lite with tf.lite.TFLiteConverter.from_keras_model, and give that file";
    }

    /** Whether it is a ModelProto as far as its outermost fields tell: the version of its format (1) comes first, and there is a graph (7). */
    private boolean isOnnx() {
        ByteBuffer bytes = file.duplicate();
        if (bytes.remaining() < 2 || bytes.get() != (1 << 3) || bytes.get() < 1) {
            return false;
        }
        while (bytes.hasRemaining()) {
            long tag = varint(bytes);
            long field = tag >> 3;
            if (field < 1 || field > 30) {
                return false;
            }
            if ((tag & 7) == 0) {
                varint(bytes);
            } else if ((tag & 7) == 2) {
                long length = varint(bytes);
                if (field == 7) {
                    return length > 0;
                }
                if (length < 0 || length > bytes.remaining()) {
                    return false;
                }
                bytes.position(bytes.position() + (int) length);
            } else {
                return false;
            }
        }
        return false;
    }

    /** A number of seven bits a byte, the lowest first; -1 where there is none. */
    private static long varint(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; bytes.hasRemaining() && shift < 63; shift += 7) {
            byte next = bytes.get();
            number |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return number;
            }
        }
        return -1;
    }

    private boolean isText() {
        return start.chars().allMatch(c -> c >= ' ' && c != 0x7F || c == '\n' || c == '\r' || c == '\t');
    }

    private String hex() {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < Math.min(8, start.length()); i++) {
            hex.append(i == 0 ? "" : " ").append(String.format("%02x", (int) start.charAt(i)));
        }
        return hex.toString();
    }
}
