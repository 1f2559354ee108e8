package dev.junco.runtime.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.Graph;
import dev.junco.runtime.graph.ModelContent;
import dev.junco.runtime.graph.Value;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelRoundTripTest {
    static List<ModelContent> models() {
        return List.of(Samples.rich(), Samples.small(), Samples.identity());
    }

    @ParameterizedTest
    @MethodSource("models")
    void readsWhatWasWritten(ModelContent content) {
        ModelContent read = ModelReader.read(ByteBuffer.wrap(ModelWriter.toBytes(content)), Samples.RULES);
        assertEquals(content, read);
        for (int i = 0; i < content.signatures().size(); i++) {
            assertEquals(
                    new ArrayList<>(content.signatures().get(i).outputNames().entrySet()),
                    new ArrayList<>(read.signatures().get(i).outputNames().entrySet()),
                    "order of the outputs");
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void writesTheSameBytesAgain(ModelContent content) {
        byte[] once = ModelWriter.toBytes(content);
        assertArrayEquals(once, ModelWriter.toBytes(content));
        assertArrayEquals(once, ModelWriter.toBytes(ModelReader.read(ByteBuffer.wrap(once), Samples.RULES)));
    }

    @Test
    void everyOperatorOfTheSchemaIsWritten() {
        List<Byte> tags = Samples.everyAttributes().stream()
                .map(OptionsCodec::tag)
                .distinct()
                .sorted()
                .toList();
        List<Byte> all = new ArrayList<>();
        for (byte tag = 1; OptionsCodec.knows(tag); tag++) {
            all.add(tag);
        }
        assertEquals(all, tags);
    }

    @Test
    void constantsAreViewsOfTheBytes() {
        byte[] bytes = ModelWriter.toBytes(Samples.small());
        Graph graph = ModelReader.read(ByteBuffer.wrap(bytes), Samples.RULES)
                .signatures()
                .get(0);
        Constant weights = graph.value("w").constant();
        int last = bytes.length - 1;
        bytes[last] ^= 1;
        assertEquals(bytes[last], weights.bytes().get(weights.byteCount() - 1));
    }

    @Test
    void blobsAreAlignedAndStoredOnce() {
        byte[] file = ModelWriter.toBytes(Samples.rich());
        int dataOfTwo = file.length - dataOffset(file);
        byte[] single = ModelWriter.toBytes(Samples.single());
        assertEquals(single.length - dataOffset(single), dataOfTwo, "the second signature adds no weights");
        ByteBuffer direct = ByteBuffer.allocateDirect(file.length + 64);
        direct.put(file);
        ((Buffer) direct).flip();
        for (Value value :
                ModelReader.read(direct, Samples.RULES).signatures().get(0).values()) {
            if (value.constant() != null) {
                ByteBuffer bytes = value.constant().bytes();
                assertEquals(direct.alignmentOffset(0, 64), bytes.alignmentOffset(0, 64), value.name());
                assertTrue(bytes.isDirect());
            }
        }
    }

    @Test
    void readsAtThePositionOfTheBufferAndLeavesIt() {
        byte[] file = ModelWriter.toBytes(Samples.small());
        ByteBuffer buffer = ByteBuffer.allocate(file.length + 7);
        buffer.position(5);
        buffer.put(file).flip().position(5);
        assertEquals(Samples.small(), ModelReader.read(buffer, Samples.RULES));
        assertEquals(5, buffer.position());
        assertEquals(file.length, buffer.remaining());
    }

    @Test
    void metadataWithoutAnythingTakesNoSpace() {
        ModelContent read = ModelReader.read(ByteBuffer.wrap(ModelWriter.toBytes(Samples.small())), Samples.RULES);
        assertSame(dev.junco.runtime.Metadata.EMPTY, read.metadata());
    }

    private static int dataOffset(byte[] file) {
        ByteBuffer view = Bytes.view(ByteBuffer.wrap(file));
        return (int) view.getLong(RootTable.field(view, RootTable.SEAL) + 8);
    }
}
