import dev.junco.converter.SelfTestRecorder;
import dev.junco.runtime.Model;
import dev.junco.runtime.format.ModelWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Records the self-test of a model file anew and leaves all else as it is: for a file that was made without one, or whose format of recordings has
 * changed, so that nobody has to train again. From the root of the repository, after {@code mvn package}:
 *
 * <pre>
 * java -cp 'runtime/target/classes:converter/target/classes' android-demo/src/build/java/RecordSelfTest.java \
 *     android-demo/src/main/assets/garments.junco
 * </pre>
 */
final class RecordSelfTest {
    private RecordSelfTest() {}

    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        Model model = SelfTestRecorder.record(Model.load(ByteBuffer.wrap(Files.readAllBytes(file))));
        ModelWriter.write(model.content(), file);
        System.out.println(
                file + ": " + Files.size(file) + " bytes, " + Model.load(file).selfTest());
    }
}
