package dev.junco.trainer.data;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of an NPY file: a Python dictionary of three entries.
 *
 * @param type type of the values
 * @param order their byte order
 * @param fortran whether the first axis is the fastest
 * @param dims axis sizes
 * @param bytes size of all values
 */
record NpyHeader(NpyType type, ByteOrder order, boolean fortran, int[] dims, long bytes) {
    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    private static final int MAX_LENGTH = 1 << 16;
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)(\\w+)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9L, ]*)\\)");

    static NpyHeader read(DataFile file) {
        byte[] start = file.read(MAGIC.length + 2, "header");
        int version = start[MAGIC.length];
        if (!Arrays.equals(Arrays.copyOf(start, MAGIC.length), MAGIC) || version < 1 || version > 3) {
            throw new DataException(file.name() + " is not an NPY file of version 1 to 3; those start with 93 4e 55 4d"
                    + " 50 59 and the version.");
        }
        byte[] size = file.read(version == 1 ? 2 : 4, "header size");
        long length = 0;
        for (int i = size.length - 1; i >= 0; i--) {
            length = length << 8 | size[i] & 0xFF;
        }
        if (length > MAX_LENGTH) {
            throw new DataException(file.name() + ": the header claims to be " + length
                    + " bytes long; expected at most " + MAX_LENGTH + ". The file is damaged.");
        }
        return parse(file.name(), new String(file.read(length, "header"), StandardCharsets.UTF_8));
    }

    private static NpyHeader parse(String name, String text) {
        Matcher type = TYPE.matcher(text);
        Matcher order = ORDER.matcher(text);
        Matcher shape = SHAPE.matcher(text);
        if (!type.find() || !order.find() || !shape.find()) {
            throw new DataException(name + ": expected a header with 'descr' (one type), 'fortran_order' and 'shape';"
                    + " found " + text.strip() + ".");
        }
        NpyType known = NpyType.ofCode(type.group(2));
        if (known == null) {
            throw new DataException(name + ": values of type '" + type.group(1) + type.group(2)
                    + "' are not supported; expected numbers of up to 8 bytes or booleans. Convert them with"
                    + " astype('float32').");
        }
        String[] sizes =
                shape.group(1).isBlank() ? new String[0] : shape.group(1).split(", *");
        int[] dims = new int[sizes.length];
        long bytes = known.bytes();
        for (int axis = 0; axis < dims.length; axis++) {
            String digits = sizes[axis].replace("L", "").strip();
            if (!digits.matches("[0-9]{1,9}") || digits.matches("0+")) {
                throw new DataException(name + ": axis " + axis + " of shape (" + shape.group(1) + ") has size '"
                        + digits + "'; expected 1 to 999999999.");
            }
            dims[axis] = Integer.parseInt(digits);
            bytes = Math.min(bytes, Integer.MAX_VALUE) * dims[axis];
        }
        ByteOrder byteOrder = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NpyHeader(known, byteOrder, order.group(1).equals("True"), dims, bytes);
    }

    /** Values whose first axis is the fastest, so that the last one is. */
    byte[] toRowOrder(byte[] columnOrder) {
        int size = type.bytes();
        byte[] rowOrder = new byte[columnOrder.length];
        int[] index = new int[dims.length];
        for (int to = 0; to < columnOrder.length; to += size) {
            int from = 0;
            for (int axis = dims.length - 1; axis >= 0; axis--) {
                from = from * dims[axis] + index[axis];
            }
            System.arraycopy(columnOrder, from * size, rowOrder, to, size);
            for (int axis = dims.length - 1; axis >= 0 && ++index[axis] == dims[axis]; axis--) {
                index[axis] = 0;
            }
        }
        return rowOrder;
    }
}
