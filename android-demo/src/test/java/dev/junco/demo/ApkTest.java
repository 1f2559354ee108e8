package dev.junco.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.android.apksig.ApkVerifier;
import com.android.apksig.apk.ApkUtils;
import com.android.apksig.util.DataSources;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The finished app, as it would be installed. */
class ApkTest {
    private static final Path APK = Golden.target().resolve("junco-demo.apk");

    @Test
    void isSignedForEveryAndroidFrom26On() throws Exception {
        ApkVerifier.Result result =
                new ApkVerifier.Builder(APK.toFile()).build().verify();
        assertTrue(result.isVerified(), result.getErrors()::toString);
        assertTrue(result.isVerifiedUsingV2Scheme());
        assertTrue(result.isVerifiedUsingV3Scheme());
        assertEquals(List.of(), result.getWarnings());
    }

    @Test
    void saysWhatItIs() throws Exception {
        ByteBuffer manifest = ByteBuffer.wrap(bytes("AndroidManifest.xml"));
        assertEquals("dev.junco.demo", ApkUtils.getPackageNameFromBinaryAndroidManifest(manifest.duplicate()));
        assertEquals(26, ApkUtils.getMinSdkVersionFromBinaryAndroidManifest(manifest.duplicate()));
        assertEquals(36, ApkUtils.getTargetSdkVersionFromBinaryAndroidManifest(manifest.duplicate()));
    }

    @Test
    void holdsNoNativeLibrary() throws IOException {
        try (ZipFile apk = new ZipFile(APK.toFile())) {
            List<String> native0 = apk.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith("lib/") || name.endsWith(".so"))
                    .toList();
            assertEquals(List.of(), native0);
            assertTrue(apk.getEntry("classes.dex") != null);
        }
    }

    @Test
    void storesTheModelWhereItCanBeMapped() throws IOException {
        long begin = dataOf("assets/" + DemoApplication.MODEL);
        assertEquals(0, begin % 4);
        byte[] expected = Files.readAllBytes(Golden.model());
        byte[] found = new byte[expected.length];
        try (RandomAccessFile apk = new RandomAccessFile(APK.toFile(), "r")) {
            apk.seek(begin);
            apk.readFully(found);
        }
        assertArrayEquals(expected, found);
        assertEquals(0, dataOf("resources.arsc") % 4);
    }

    @Test
    void theShrunkClassesAnswerBitForBit() throws Exception {
        shrunkClassesAnswerWith("PlainGemmKernels");
    }

    @Test
    void theShrunkClassesAnswerBitForBitWithTheKernelsOfAndroid() throws Exception {
        String machine = System.setProperty("java.vm.name", "Dalvik"); // as every Android calls its own
        try {
            shrunkClassesAnswerWith("DotGemmKernels");
        } finally {
            System.setProperty("java.vm.name", machine);
        }
    }

    private static void shrunkClassesAnswerWith(String kernels) throws Exception {
        URL[] shrunk = {Golden.target().resolve("android/shrunk.jar").toUri().toURL()};
        // The platform's loader: what R8 has dropped by mistake is nowhere else to be found.
        try (URLClassLoader loader = new URLClassLoader(shrunk, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = loader.loadClass(Classifier.class.getName());
            Method of = type.getDeclaredMethod("of", ByteBuffer.class);
            Method classify = type.getDeclaredMethod("classify", float[].class);
            of.setAccessible(true);
            classify.setAccessible(true);
            ByteBuffer file = ByteBuffer.wrap(bytes("assets/" + DemoApplication.MODEL));
            Object classifier = of.invoke(null, file);
            for (Golden golden : Golden.all()) {
                float[] probabilities = (float[]) classify.invoke(classifier, (Object) golden.pixels());
                assertEquals(golden.bits(), Golden.bits(probabilities));
            }
            Method found = type.getDeclaredMethod("kernels");
            found.setAccessible(true);
            String names = found.invoke(classifier).toString();
            assertTrue(names.contains(kernels), names);
            damaged(of);
        }
    }

    /** A damaged file is refused by the shrunk classes too, not by whatever R8 has left of a check. */
    private static void damaged(Method of) throws IOException, IllegalAccessException {
        byte[] bytes = bytes("assets/" + DemoApplication.MODEL);
        bytes[bytes.length / 2] ^= 1;
        try {
            of.invoke(null, ByteBuffer.wrap(bytes));
        } catch (InvocationTargetException e) {
            assertTrue(e.getCause().getMessage().contains("SHA-256"), e.getCause()::toString);
            return;
        }
        throw new AssertionError("a damaged model was taken");
    }

    private static byte[] bytes(String name) throws IOException {
        try (ZipFile apk = new ZipFile(APK.toFile());
                var content = apk.getInputStream(apk.getEntry(name))) {
            return content.readAllBytes();
        }
    }

    /** Where the bytes of a stored entry begin: behind its local header, which the central directory points at. */
    private static long dataOf(String name) throws IOException {
        ByteBuffer apk = ByteBuffer.wrap(Files.readAllBytes(APK)).order(ByteOrder.LITTLE_ENDIAN);
        ApkUtils.ZipSections sections;
        try {
            sections = ApkUtils.findZipSections(DataSources.asDataSource(apk.duplicate()));
        } catch (com.android.apksig.zip.ZipFormatException e) {
            throw new IOException(e);
        }
        int at = (int) sections.getZipCentralDirectoryOffset();
        while (apk.getInt(at) == 0x02014b50) {
            int nameLength = apk.getShort(at + 28);
            byte[] found = new byte[nameLength];
            apk.get(at + 46, found);
            if (new String(found, java.nio.charset.StandardCharsets.UTF_8).equals(name)) {
                assertEquals(0, apk.getShort(at + 10), name + " is compressed");
                int header = apk.getInt(at + 42);
                return header + 30 + apk.getShort(header + 26) + apk.getShort(header + 28);
            }
            at += 46 + nameLength + apk.getShort(at + 30) + apk.getShort(at + 32);
        }
        throw new IOException("no " + name);
    }
}
