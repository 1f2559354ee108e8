package dev.junco.runtime.format;

import dev.junco.runtime.JuncoException;
import dev.junco.runtime.format.flatbuffers.FlatBufferBuilder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes strings as UTF-8, and refuses what is no text instead of replacing it. */
final class Text {
    private static final int SHOWN = 80;

    private final FlatBufferBuilder builder;
    private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();

    Text(FlatBufferBuilder builder) {
        this.builder = builder;
    }

    /** Offset of a new string. */
    int string(String string) {
        try {
            return builder.createString(encoder.encode(CharBuffer.wrap(string)));
        } catch (CharacterCodingException e) {
            throw new JuncoException(
                    "text '" + clip(string) + "' has half of a surrogate pair, which a model file cannot hold", e);
        }
    }

    /** Offset of a new string, 0 for an empty one. */
    int optional(String string) {
        return string.isEmpty() ? 0 : string(string);
    }

    /** Offset of a new vector of strings, 0 for none. */
    int strings(List<String> strings) {
        int[] offsets = new int[strings.size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = string(strings.get(i));
        }
        return offsets.length == 0 ? 0 : builder.createVectorOfTables(offsets);
    }

    /** The start of a text, fit for a message: no control characters, which a terminal would obey. */
    static String clip(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), SHOWN); i++) {
            shown.append(Character.isISOControl(text.charAt(i)) ? '?' : text.charAt(i));
        }
        return text.length() <= SHOWN ? shown.toString() : shown.append('…').toString();
    }
}
