package dev.junco.runtime.format;

import dev.junco.runtime.graph.Constant;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The blobs of a data section in the order of their first use; equal bytes are stored once. */
final class BlobTable {
    private final List<ByteBuffer> blobs = new ArrayList<>();
    private final List<Long> offsets = new ArrayList<>();
    private final Map<ByteBuffer, Integer> indices = new HashMap<>();
    private long end;

    /** Index of the blob that holds a constant's elements. */
    int index(Constant constant) {
        ByteBuffer bytes = constant.bytes();
        Integer known = indices.get(bytes);
        if (known != null) {
            return known;
        }
        long offset = ModelFormat.align(end);
        indices.put(bytes, blobs.size());
        blobs.add(bytes);
        offsets.add(offset);
        end = offset + bytes.remaining();
        return blobs.size() - 1;
    }

    int size() {
        return blobs.size();
    }

    /** Position in the data section. */
    long offset(int index) {
        return offsets.get(index);
    }

    /** Bytes of one blob. */
    long bytes(int index) {
        return blobs.get(index).remaining();
    }

    /** Bytes of the whole data section. */
    long end() {
        return end;
    }

    /** Appends the data section, padding included. */
    void appendTo(List<ByteBuffer> pieces) {
        long position = 0;
        for (int i = 0; i < blobs.size(); i++) {
            pieces.add(ByteBuffer.allocate((int) (offset(i) - position)));
            pieces.add(blobs.get(i).duplicate());
            position = offset(i) + bytes(i);
        }
    }
}
