import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.classfile.attribute.NestMembersAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.reflect.AccessFlag;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what is unused in some packages of a jar, seen from its other packages, all of which stay whole. A class stays
 * if anything that stays names it; a member of such a class stays if anything that stays mentions a member of this name
 * and type, of whatever class. That keeps a little too much and needs to know nothing of inheritance within the jar. What
 * overrides a method from outside the jar may be called from there, so it stays too. Reflection is not seen.
 */
final class UnusedMembers {
    private static final Pattern TYPE = Pattern.compile("L([\\w/$]+)[;<]");

    private final ClassFiles files;
    private final Set<String> closed;
    private final Set<String> usedTypes = new HashSet<>();
    private final Set<String> usedMembers = new HashSet<>();

    /** @param closed the packages to look through, each with a slash at its end */
    UnusedMembers(ClassFiles files, Set<String> closed) {
        this.files = files;
        this.closed = closed;
    }

    /** The jar's classes without those that are unused, and without the unused members of the others. */
    Map<String, byte[]> drop() {
        Map<String, byte[]> kept = new TreeMap<>(files.classes);
        kept.keySet().removeIf(this::isClosed);
        kept.values().forEach(this::use);

        Map<String, byte[]> cut = new TreeMap<>();
        boolean grown = true;
        while (grown) {
            int before = usedTypes.size() + usedMembers.size();
            cut.clear();
            files.classes.forEach((name, bytes) -> {
                if (isClosed(name) && usedTypes.contains(name)) {
                    cut.put(name, cut(bytes));
                }
            });
            cut.values().forEach(this::use);
            grown = usedTypes.size() + usedMembers.size() > before;
        }
        kept.putAll(cut);
        return kept;
    }

    private boolean isClosed(String name) {
        return closed.contains(name.substring(0, name.lastIndexOf('/') + 1));
    }

    /** Everything that the constants of this class mention. */
    private void use(byte[] bytes) {
        for (PoolEntry entry : files.parse(bytes).constantPool()) {
            switch (entry) {
                case ClassEntry type -> usedTypes.add(type.asInternalName());
                case NameAndTypeEntry member -> usedMembers.add(key(member.name(), member.type()));
                case Utf8Entry text -> {
                    Matcher types = TYPE.matcher(text.stringValue());
                    while (types.find()) {
                        usedTypes.add(types.group(1));
                    }
                }
                default -> {}
            }
        }
    }

    private byte[] cut(byte[] bytes) {
        boolean answersOutside = files.inheritsFromOutside(files.parse(bytes));
        ClassTransform transform = (builder, element) -> {
            switch (element) {
                case MethodModel method when !isUsed(method, answersOutside) -> {}
                case FieldModel field when !usedMembers.contains(key(field.fieldName(), field.fieldType())) -> {}
                case NestMembersAttribute nest ->
                    builder.with(NestMembersAttribute.of(nest.nestMembers().stream()
                            .filter(member -> exists(member.asInternalName()))
                            .toList()));
                case InnerClassesAttribute inner ->
                    builder.with(InnerClassesAttribute.of(inner.classes().stream()
                            .filter(member -> exists(member.innerClass().asInternalName()))
                            .toList()));
                case ClassElement other -> builder.with(other);
            }
        };
        return files.cut(bytes, transform);
    }

    private boolean isUsed(MethodModel method, boolean answersOutside) {
        String name = method.methodName().stringValue();
        return usedMembers.contains(key(method.methodName(), method.methodType()))
                || name.equals("<clinit>")
                || !method.flags().has(AccessFlag.STATIC) && (answersOutside || ClassFiles.OF_OBJECT.contains(name));
    }

    private boolean exists(String name) {
        return !isClosed(name) || usedTypes.contains(name);
    }

    private static String key(Utf8Entry name, Utf8Entry type) {
        return name.stringValue() + type.stringValue();
    }
}
