package dev.junco.demo;

import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.Shape;
import dev.junco.runtime.TensorSpec;
import dev.junco.runtime.format.ModelWriter;
import dev.junco.runtime.graph.Constant;
import dev.junco.runtime.graph.GraphBuilder;
import dev.junco.runtime.graph.ModelContent;
import dev.junco.runtime.graph.Recording;
import dev.junco.runtime.graph.Value;
import dev.junco.runtime.graph.attributes.GlobalPool2DAttributes;
import dev.junco.runtime.graph.attributes.PadAttributes;
import dev.junco.runtime.graph.attributes.PoolKind;
import dev.junco.runtime.op.OperatorCatalog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.List;

/** Apps whose model is not as it should be. */
final class Models {
    private Models() {}

    /** One bit has flipped. */
    public static class Damaged extends DemoApplication {
        @Override
        ByteBuffer modelFile() throws IOException {
            byte[] bytes = Files.readAllBytes(Golden.model());
            bytes[bytes.length / 2] ^= 1;
            return ByteBuffer.wrap(bytes);
        }
    }

    /** Half of the file. */
    public static class Truncated extends DemoApplication {
        @Override
        ByteBuffer modelFile() throws IOException {
            byte[] bytes = Files.readAllBytes(Golden.model());
            return ByteBuffer.wrap(bytes, 0, bytes.length / 2).slice();
        }
    }

    /** A file of no bytes. */
    public static class Empty extends DemoApplication {
        @Override
        ByteBuffer modelFile() {
            return ByteBuffer.allocate(0);
        }
    }

    /** The file says that the seventh number was another on the machine that made it. */
    public static class OtherAnswers extends DemoApplication {
        @Override
        ByteBuffer modelFile() throws IOException {
            Model model = Model.load(Golden.model());
            Recording right = model.content().recording();
            float[] answer = right.outputs().get(0).floats(1);
            answer[6] -= 0.5f;
            return bytes(model.content()
                    .withRecording(new Recording(right.inputs(), List.of(Constant.of(answer)), right.tolerances())));
        }
    }

    /** As older files are. */
    public static class WithoutSelfTest extends DemoApplication {
        @Override
        ByteBuffer modelFile() throws IOException {
            return bytes(Model.load(Golden.model()).content().withRecording(null));
        }
    }

    /** No such asset. */
    public static class Missing extends DemoApplication {
        @Override
        ByteBuffer modelFile() throws IOException {
            return mapped("absent.junco");
        }
    }

    /** A sound model that needs more than three gigabytes to run: more than there can be. */
    public static class Huge extends DemoApplication {
        @Override
        ByteBuffer modelFile() {
            return padded(14_000);
        }
    }

    /** A sound model that needs nine tenths of the heap in one piece, which is there, but not free. */
    public static class Heavy extends DemoApplication {
        @Override
        ByteBuffer modelFile() {
            return padded((int) Math.sqrt(Runtime.getRuntime().maxMemory() * 0.9 / 4) / 2);
        }
    }

    private static ByteBuffer padded(int border) {
        GraphBuilder graph = new GraphBuilder("huge", OperatorCatalog.standard());
        Value image = graph.input("image", TensorSpec.float32(Shape.of(1, Raster.SIDE, Raster.SIDE, 1)));
        List<Integer> rim = List.of(0, border, border, 0);
        Value padded = graph.add("padded", new PadAttributes(rim, rim, 0), image);
        graph.output("mean", graph.add("mean", new GlobalPool2DAttributes(PoolKind.AVERAGE, false), padded));
        Metadata metadata = Metadata.EMPTY.withLabels(List.of("picture"));
        return bytes(Model.contentOf(graph.build(), metadata));
    }

    private static ByteBuffer bytes(ModelContent content) {
        return ByteBuffer.wrap(ModelWriter.toBytes(content));
    }
}
