import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.FloatEntry;
import java.lang.classfile.constantpool.IntegerEntry;
import java.lang.classfile.constantpool.InterfaceMethodRefEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The classes of one jar by internal name, with the tools to read, cut and check them. */
final class ClassFiles {
    private static final String OBJECT = "java/lang/Object";
    /** The names of what every class inherits. */
    static final Set<String> OF_OBJECT = Arrays.stream(Object.class.getDeclaredMethods())
            .map(Method::getName)
            .collect(Collectors.toSet());

    final Map<String, byte[]> classes;
    private final ClassFile whole;
    private final ClassFile lean;

    ClassFiles(Map<String, byte[]> classes) {
        this.classes = classes;
        // Frames are computed anew, for which the superclasses of every type must be known.
        var hierarchy = ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(this::find).orElse(ClassHierarchyResolver.defaultResolver()));
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

    /** The same class, its constants of one kind side by side and in order: deflate then makes 3 % less of it. */
    byte[] sorted(byte[] bytes) {
        ClassModel type = parse(bytes);
        ConstantPoolBuilder pool = ConstantPoolBuilder.of();
        List<PoolEntry> entries = new ArrayList<>();
        type.constantPool().forEach(entries::add);
        entries.sort(Comparator.comparingInt(ClassFiles::place).thenComparing(ClassFiles::text));
        for (PoolEntry entry : entries) {
            switch (entry) {
                case StringEntry e -> pool.stringEntry(e.utf8());
                case IntegerEntry e -> pool.intEntry(e.intValue());
                // A pool never finds a NaN that it has, and would take it twice.
                case FloatEntry e when !Float.isNaN(e.floatValue()) -> pool.floatEntry(e.floatValue());
                case Utf8Entry e -> pool.utf8Entry(e.stringValue());
                case ClassEntry e -> pool.classEntry(e.name());
                case NameAndTypeEntry e -> pool.nameAndTypeEntry(e.name(), e.type());
                case FieldRefEntry e -> pool.fieldRefEntry(e.owner(), e.nameAndType());
                case MethodRefEntry e -> pool.methodRefEntry(e.owner(), e.nameAndType());
                case InterfaceMethodRefEntry e -> pool.interfaceMethodRefEntry(e.owner(), e.nameAndType());
                default -> {} // Follows where the class mentions it.
            }
        }
        return whole.build(type.thisClass(), pool, fresh -> type.forEach(fresh));
    }

    private static int place(PoolEntry entry) {
        return switch (entry) {
            // Instructions that load these are shorter for the first 255 constants.
            case LoadableConstantEntry e when !(e instanceof ClassEntry) -> 0;
            case Utf8Entry e -> 1;
            default -> 1 + entry.tag();
        };
    }

    private static String text(PoolEntry entry) {
        return switch (entry) {
            case Utf8Entry e -> e.stringValue();
            case ClassEntry e -> e.asInternalName();
            case NameAndTypeEntry e -> text(e.name()) + text(e.type());
            case MemberRefEntry e -> text(e.owner()) + text(e.nameAndType());
            default -> "";
        };
    }

    /** Fails if the verifier rejects one of these classes, or if one of them names a member of another that is not there. */
    void check(Map<String, byte[]> shrunk) {
        List<String> complaints = new ArrayList<>();
        shrunk.forEach((name, bytes) -> {
            if (bytes != classes.get(name)) {
                whole.verify(bytes).forEach(error -> complaints.add(name + ": " + error.getMessage()));
            }
            for (PoolEntry entry : parse(bytes).constantPool()) {
                if (entry instanceof MemberRefEntry member
                        && !resolves(member.owner().asInternalName(), member.nameAndType(), shrunk)) {
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
                        .anyMatch(m -> m.methodName().equalsString(name)
                                && m.methodType().equalsString(descriptor))
                || type.fields().stream()
                        .anyMatch(f -> f.fieldName().equalsString(name)
                                && f.fieldType().equalsString(descriptor))
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
