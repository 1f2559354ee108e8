package dev.junco.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class BundledDataTest {

    @Test
    void holdsAsManyImagesOfEveryClass() {
        TrainTest data = BundledData.fashionMnistSmall();
        assertEquals("7000 samples of 28×28×1, 10 classes", data.train().toString());
        assertEquals("2000 samples of 28×28×1, 10 classes", data.test().toString());
        assertEquals("Ankle boot", data.train().labelNames().get(9));
        int[] counts = new int[10];
        for (int i = 0; i < data.train().size(); i++) {
            counts[data.train().label(i)]++;
        }
        assertTrue(Arrays.stream(counts).allMatch(n -> n == FashionSubset.TRAIN_PER_CLASS));
    }

    @Test
    void carriesItsLicence() throws IOException {
        try (InputStream licence = resource("LICENSE")) {
            assertTrue(new String(licence.readAllBytes(), StandardCharsets.UTF_8)
                    .startsWith("The MIT License (MIT) Copyright © 2017 Zalando SE"));
        }
    }

    @Test
    void isWhatTheOriginalFilesGive() throws IOException {
        TrainTest whole = IdxFile.folder(TestFiles.collection("fashion-mnist"));
        FashionSubset.Part train = FashionSubset.part(whole.train(), FashionSubset.TRAIN_PER_CLASS);
        FashionSubset.Part test = FashionSubset.part(whole.test(), FashionSubset.TEST_PER_CLASS);
        assertArrayEquals(train.images(), unpacked("train-images-idx3-ubyte.gz"));
        assertArrayEquals(train.labels(), unpacked("train-labels-idx1-ubyte.gz"));
        assertArrayEquals(test.images(), unpacked("t10k-images-idx3-ubyte.gz"));
        assertArrayEquals(test.labels(), unpacked("t10k-labels-idx1-ubyte.gz"));
    }

    private static InputStream resource(String name) {
        return BundledData.class.getResourceAsStream("fashion-mnist-small/" + name);
    }

    private static byte[] unpacked(String name) throws IOException {
        try (InputStream stream = new GZIPInputStream(resource(name))) {
            return stream.readAllBytes();
        }
    }
}
