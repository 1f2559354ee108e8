package dev.junco.runtime.format;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.ModelFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes, a model or one of the two exceptions comes out. */
@Timeout(120)
class DamagedModelTest {
    private static final byte[] SMALL = ModelWriter.toBytes(Samples.small());
    private static final byte[] RICH = ModelWriter.toBytes(Samples.rich());

    @Test
    void rejectsEveryTruncation() {
        for (int length = 0; length < RICH.length; length++) {
            ByteBuffer part = ByteBuffer.wrap(RICH, 0, length);
            assertThrows(ModelFormatException.class, () -> ModelReader.read(part, Samples.RULES), "length " + length);
        }
    }

    @Test
    void rejectsWhatFollowsTheFile() {
        assertTrue(
                Forge.read(Arrays.copyOf(SMALL, SMALL.length + 1)).contains("found " + (SMALL.length + 1) + " bytes"));
    }

    @Test
    void rejectsEveryChangedBit() {
        for (int at = 0; at < SMALL.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] file = SMALL.clone();
                file[at] ^= (byte) (1 << bit);
                assertNotNull(Forge.read(file), "byte " + at + ", bit " + bit);
            }
        }
    }

    @Test
    void survivesEveryChangedByteUnderARightDigest() {
        int accepted = 0;
        for (int at = 0; at < SMALL.length; at++) {
            for (int value : new int[] {0, 1, 2, 4, 8, 0x10, 0x7f, 0x80, 0xfc, 0xff, SMALL[at] - 1, SMALL[at] + 1}) {
                byte[] file = SMALL.clone();
                file[at] = (byte) value;
                accepted += Forge.read(Forge.reseal(file, Forge.seal(SMALL))) == null ? 1 : 0;
            }
        }
        assertTrue(accepted > SMALL.length, "weights may be anything");
    }

    @Test
    void survivesDamageInEveryKindOfObject() {
        byte[] sound = ModelWriter.toBytes(Samples.single());
        for (int at = 0; at < Forge.description(sound); at++) {
            for (int value : at % 2 == 0 ? new int[] {0, sound[at] + 4} : new int[] {0xff}) {
                byte[] file = sound.clone();
                file[at] = (byte) value;
                Forge.read(Forge.reseal(file, Forge.seal(sound)));
            }
        }
    }

    @Test
    void survivesRandomDamage() {
        long seed = System.nanoTime();
        System.out.println("DamagedModelTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            byte[] sound = round % 4 == 0 ? RICH : SMALL;
            byte[] file = sound.clone();
            for (int i = random.nextInt(8); i >= 0; i--) {
                damage(file, Forge.description(sound), random);
            }
            try {
                Forge.read(Forge.reseal(file, Forge.seal(sound)));
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }

    private static void damage(byte[] file, int end, Random random) {
        int at = random.nextInt(end);
        ByteBuffer bytes = Forge.open(file);
        switch (random.nextInt(5)) {
            case 0 -> file[at] = (byte) random.nextInt();
            case 1 -> bytes.putInt(at & ~3, random.nextInt(end));
            case 2 -> bytes.putInt(at & ~3, Integer.MAX_VALUE - random.nextInt(16));
            case 3 -> bytes.putShort(at & ~1, (short) random.nextInt());
            default -> System.arraycopy(file, random.nextInt(end), file, at, Math.min(16, end - at) / 2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "JNCO",
                "hello, this is a text and not a model, and it is long enough to be one: 0123456789 0123456789",
                "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\0\u0001\0\0\0\u0001\b\2\0\0\0",
                "\b\7\22\7pytorch\32\0052.1.0:\302\1\n:\n\1x\n\1w",
                "\34\0\0\0TFL3\24\0 \0\34\0\30\0\24\0\20\0\f\0\0\0\b\0\4\0\24\0\0\0\34\0\0\0",
                "PK\3\4\24\0\0\0\b\0"
            })
    void rejectsForeignFiles(String content) {
        String message = Forge.read(content.getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(message.startsWith("this is no Junco model"), message);
    }

    @Test
    void survivesEveryLengthOfAnEmptyHeader() {
        for (int length = 8; length < 256; length++) {
            for (int fill : new int[] {0, 4, 8, 0x7f, 0xff}) {
                byte[] file = new byte[length];
                Arrays.fill(file, (byte) fill);
                System.arraycopy("JNCO".getBytes(StandardCharsets.US_ASCII), 0, file, 4, 4);
                assertNotNull(Forge.read(file));
                Forge.open(file).putInt(0, 8);
                assertNotNull(Forge.read(file));
            }
        }
    }

    @Test
    void acceptsOtherWeights() {
        byte[] file = RICH.clone();
        file[file.length - 1] ^= 1;
        assertNull(Forge.read(Forge.reseal(file, Forge.seal(RICH))));
    }
}
