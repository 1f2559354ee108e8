package dev.junco.runtime;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/** Counts the arrays of numbers that an interpreter and the weights of its model really hold, by walking over all objects. */
public final class HeldArrays {
    /** What describes a model, and what is shared by the whole JVM. */
    private static final Set<String> STOP = Set.of(
            "dev.junco.runtime.Metadata",
            "dev.junco.runtime.Quantization",
            "dev.junco.runtime.Shape",
            "dev.junco.runtime.op.OperatorCatalog",
            "dev.junco.runtime.plan.Plan",
            "dev.junco.runtime.plan.WorkerTeam");

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private HeldArrays() {}

    /** What an interpreter holds, in the same parts as {@link MemoryUse}. */
    public static MemoryUse of(Interpreter interpreter) {
        HeldArrays walk = new HeldArrays();
        Object arenas = field(field(interpreter, "execution"), "arenas");
        long workspaces = walk.count(field(arenas, "workspaces"));
        long arena = walk.count(arenas);
        long weights = walk.count(field(interpreter, "weights"));
        long states = walk.count(field(interpreter, "states")) + walk.count(field(interpreter, "before"));
        return new MemoryUse(arena, states, walk.count(interpreter), workspaces, weights);
    }

    private long count(Object root) {
        long bytes = 0;
        Deque<Object> open = new ArrayDeque<>();
        push(root, open);
        while (!open.isEmpty()) {
            Object object = open.pop();
            Class<?> type = object.getClass();
            if (type.isArray() && type.getComponentType().isPrimitive()) {
                bytes += (long) Array.getLength(object) * bytes(object);
            } else if (type.isArray()) {
                for (int i = 0; i < Array.getLength(object); i++) {
                    push(Array.get(object, i), open);
                }
            } else if (object instanceof Iterable<?> list) {
                list.forEach(element -> push(element, open));
            } else if (object instanceof java.util.Map<?, ?> map) {
                map.values().forEach(element -> push(element, open));
            } else if (isOurs(type) && !(object instanceof Enum)) {
                for (Class<?> c = type; c != Object.class; c = c.getSuperclass()) {
                    for (Field field : c.getDeclaredFields()) {
                        if (!Modifier.isStatic(field.getModifiers())
                                && !field.getType().isPrimitive()) {
                            push(read(field, object), open);
                        }
                    }
                }
            }
        }
        return bytes;
    }

    private void push(Object object, Deque<Object> open) {
        if (object != null && seen.add(object)) {
            open.push(object);
        }
    }

    private static boolean isOurs(Class<?> type) {
        String name = type.getName();
        return name.startsWith("dev.junco")
                && !name.startsWith("dev.junco.runtime.graph")
                && !name.contains("Kernel")
                && !name.contains("Lambda")
                && !STOP.contains(name);
    }

    private static int bytes(Object array) {
        if (array instanceof float[] || array instanceof int[]) {
            return 4;
        }
        return array instanceof long[] || array instanceof double[]
                ? 8
                : array instanceof short[] || array instanceof char[] ? 2 : 1;
    }

    private static Object field(Object object, String name) {
        for (Class<?> c = object.getClass(); c != null; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    return read(field, object);
                }
            }
        }
        throw new AssertionError(object.getClass() + " has no field " + name);
    }

    private static Object read(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
