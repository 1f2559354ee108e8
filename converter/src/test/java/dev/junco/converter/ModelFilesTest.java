package dev.junco.converter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.JuncoException;
import dev.junco.runtime.Metadata;
import dev.junco.runtime.Model;
import dev.junco.runtime.ModelFormatException;
import dev.junco.runtime.format.ModelWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The format of a model file is told by what is in it. */
class ModelFilesTest {
    @TempDir
    Path folder;

    @Test
    void readsJuncoUnderAnyName() {
        Path file = folder.resolve("model.tflite");
        Model model = Model.of(Net.classifier(5), Metadata.EMPTY);
        ModelWriter.write(model.content(), file);
        assertEquals(model.graph(), ModelFiles.read(file).graph());
        assertEquals(
                model.graph().nodes().size(),
                Converter.from(file).convert().report().before().operators());
    }

    @Test
    void namesTheFileThatIsDamaged() throws IOException {
        Path file = folder.resolve("cut.junco");
        Files.write(file, new byte[] {8, 0, 0, 0, 'T', 'F', 'L', '3', 0, 0, 0, 0});
        String message =
                assertThrows(ImportException.class, () -> ModelFiles.read(file)).getMessage();
        assertTrue(message.startsWith("'" + file + "': the file is damaged"), message);
    }

    private void looks(String part, int... bytes) throws IOException {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        Path file = Files.write(folder.resolve("model.bin"), content);
        String message = assertThrows(ModelFormatException.class, () -> ModelFiles.read(file))
                .getMessage();
        assertTrue(message.startsWith("'" + file + "' is no Junco model and no TensorFlow Lite model"), message);
        assertTrue(message.contains(part), message);
    }

    private void looks(String part, String content) throws IOException {
        looks(part, content.chars().toArray());
    }

    @Test
    void saysWhatAFileOfAnotherFormatLooksLike() throws IOException {
        looks("it is empty");
        looks("looks like text", "hello");
        looks("looks like HDF5, as Keras writes", "\u0089HDF\r\n\u001a\n\0\0\0\0");
        looks("looks like Keras", "PK\u0003\u0004\0\0metadata.json{}PK\u0003\u0004config.json{}");
        looks("looks like PyTorch", "PK\u0003\u0004\0\0archive/data.pkl");
        looks("is a ZIP archive", "PK\u0003\u0004\0\0model.tflite");
        looks("packed with gzip", 0x1F, 0x8B, 8, 0, 0, 0, 0, 0);
        looks("pointer of Git LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n");
        looks("begins with the bytes 89 50 4e 47", 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0);
    }

    @Test
    void tellsOnnxByItsFields() throws IOException {
        looks("looks like ONNX, which is not read yet", 8, 7, 0x12, 2, 'p', 't', 0x3A, 3, 10, 1, 'g');
        looks("begins with the bytes 08 07 3b", 8, 7, 0x3B, 3, 10, 1, 'g');
        looks("begins with the bytes 08 07 12", 8, 7, 0x12, 100, 'p', 't');
        looks("begins with the bytes 08 01 12", 8, 1, 0x12, 2, 'p', 't'); // a SavedModel has no field 7
    }

    @Test
    void refusesWhatIsNoModel() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "no model", StandardCharsets.UTF_8);
        assertThrows(ModelFormatException.class, () -> ModelFiles.read(text));
        assertThrows(JuncoException.class, () -> ModelFiles.read(folder));
        assertThrows(JuncoException.class, () -> ModelFiles.read(folder.resolve("absent")));
    }
}
