import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The classes of one jar by internal name, with the tools to read, cut and check them. */
final class ClassFiles {
    private static final String OBJECT = "java/lang/Object";
    /** The names of what every class inherits. */
    static final Set<String> OF_OBJECT =
            Arrays.stream(Object.class.getDeclaredMethods()).map(Method::getName).collect(Collectors.toSet());

    final Map<String, byte[]> classes;
    private final ClassFile whole;
    private final ClassFile lean;

    ClassFiles(Map<String, byte[]> classes) {
        this.classes = classes;
        // Frames are computed anew, for which the superclasses of every type must be known.
        var hierarchy = ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(this::find)
                .orElse(ClassHierarchyResolver.defaultResolver()));
        whole = ClassFile.of(hierarchy);
        lean = ClassFile.of(
                hierarchy,
                ClassFile.ConstantPoolSharingOption.NEW_POOL,
                ClassFile.DebugElementsOption.DROP_DEBUG,
                ClassFile.LineNumbersOption.DROP_LINE_NUMBERS);
    }

    /** The class from the jar, or from the module that the JVM shows only to those who ask for it. */
    private InputStream find(ClassDesc type) {
        String descriptor = type.descriptorString();
        String name = descriptor.substring(1, descriptor.length() - 1);
        try {
            Path incubator = Path.of(URI.create("jrt:/jdk.incubator.vector/" + name + ".class"));
            return classes.containsKey(name)
                    ? new ByteArrayInputStream(classes.get(name))
                    : Files.exists(incubator) ? Files.newInputStream(incubator) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ClassModel parse(byte[] bytes) {
        return whole.parse(bytes);
    }

    /** The class without whatever {@code cut} drops, without line numbers, and with no constant that is not used. */
    byte[] cut(byte[] bytes, ClassTransform cut) {
        return lean.transformClass(lean.parse(bytes), cut);
    }

    byte[] withoutLines(byte[] bytes) {
        return cut(bytes, ClassTransform.ACCEPT_ALL);
    }

    /** Fails if the verifier rejects one of these classes, or if one of them names a member of another that is not there. */
    void check(Map<String, byte[]> shrunk) {
        List<String> complaints = new ArrayList<>();
        shrunk.forEach((name, bytes) -> {
            if (bytes != classes.get(name)) {
                whole.verify(bytes).forEach(error -> complaints.add(name + ": " + error.getMessage()));
            }
            for (PoolEntry entry : parse(bytes).constantPool()) {
                if (entry instanceof MemberRefEntry member && !resolves(member.owner().asInternalName(), member.nameAndType(), shrunk)) {
                    complaints.add(name + ": " + member + " is gone");
                }
            }
        });
        if (!complaints.isEmpty()) {
            throw new IllegalStateException(String.join("\n", complaints));
        }
    }

    /** Whether the member is in its class, or may be in a supertype that comes from outside the jar. */
    private boolean resolves(String owner, NameAndTypeEntry member, Map<String, byte[]> shrunk) {
        String name = member.name().stringValue();
        if (!classes.containsKey(owner)) {
            return !owner.equals(OBJECT) || OF_OBJECT.contains(name) || name.equals("<init>");
        }
        if (!shrunk.containsKey(owner)) {
            return false;
        }
        ClassModel type = parse(shrunk.get(owner));
        String descriptor = member.type().stringValue();
        return type.methods().stream()
                        .anyMatch(m -> m.methodName().equalsString(name) && m.methodType().equalsString(descriptor))
                || type.fields().stream()
                        .anyMatch(f -> f.fieldName().equalsString(name) && f.fieldType().equalsString(descriptor))
                || supertypes(type).anyMatch(supertype -> resolves(supertype, member, shrunk));
    }

    /** Whether the class inherits, Object apart, from a class or interface outside the jar. */
    boolean inheritsFromOutside(ClassModel type) {
        return supertypes(type)
                .anyMatch(name -> classes.containsKey(name)
                        ? inheritsFromOutside(parse(classes.get(name)))
                        : !name.equals(OBJECT));
    }

    private static Stream<String> supertypes(ClassModel type) {
        return Stream.concat(type.superclass().stream(), type.interfaces().stream())
                .map(ClassEntry::asInternalName);
    }
}
