package dev.junco.runtime.plan;

import dev.junco.runtime.kernel.KernelSource;
import dev.junco.runtime.kernel.PackedMatrix;
import dev.junco.runtime.op.Binding;
import dev.junco.runtime.op.Step;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Counts the arrays of numbers that steps have made for themselves. It looks into the objects, so that no operator has to keep books: what a step
 * refers to belongs to it, but for the arrays that its binding gave out.
 */
final class Footprint {
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> open = new ArrayDeque<>();

    /** A count that leaves out some arrays. */
    Footprint(Iterable<?> known) {
        known.forEach(seen::add);
    }

    /** Bytes of all arrays of numbers in steps or other objects and in what they refer to, but for those counted before. */
    long count(Iterable<?> objects) {
        long bytes = 0;
        objects.forEach(this::visit);
        while (!open.isEmpty()) {
            Object object = open.pop();
            Class<?> type = object.getClass();
            if (type.isArray()) {
                bytes += array(object, type.getComponentType());
            } else if (object instanceof Iterable) {
                ((Iterable<?>) object).forEach(this::visit);
            } else {
                fields(object, type);
            }
        }
        return bytes;
    }

    private void visit(Object object) {
        if (object != null && seen.add(object)) {
            open.push(object);
        }
    }

    /** Bytes of the elements of an array of numbers. */
    static long bytes(Object array) {
        return (long) Array.getLength(array) * sizeOf(array.getClass().getComponentType());
    }

    private long array(Object array, Class<?> element) {
        if (element.isPrimitive()) {
            return bytes(array);
        }
        for (int i = 0; i < Array.getLength(array); i++) {
            visit(Array.get(array, i));
        }
        return 0;
    }

    private static int sizeOf(Class<?> element) {
        if (element == long.class || element == double.class) {
            return Long.BYTES;
        }
        if (element == short.class || element == char.class) {
            return Short.BYTES;
        }
        return element == byte.class || element == boolean.class ? 1 : Integer.BYTES;
    }

    private void fields(Object object, Class<?> type) {
        boolean ours = isNeighbour(type, Step.class)
                || isNeighbour(type, KernelSource.class)
                || object instanceof Step
                || object instanceof PackedMatrix;
        if (!ours || object instanceof Enum || object instanceof Binding || object instanceof KernelSource) {
            return;
        }
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    visit(read(field, object));
                }
            }
        }
    }

    private static boolean isNeighbour(Class<?> type, Class<?> known) {
        return type.getPackage() == known.getPackage();
    }

    private static Object read(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot look into " + field, e);
        }
    }
}
