package dev.junco.runtime.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.junco.runtime.DType;
import dev.junco.runtime.format.Layout.Field;
import dev.junco.runtime.format.Layout.Kind;
import dev.junco.runtime.format.fb.Options;
import dev.junco.runtime.graph.Attributes;
import dev.junco.runtime.graph.Role;
import dev.junco.runtime.graph.Storage;
import dev.junco.runtime.graph.attributes.Activation;
import dev.junco.runtime.graph.attributes.BinaryKind;
import dev.junco.runtime.graph.attributes.Padding;
import dev.junco.runtime.graph.attributes.PoolKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The layouts, the codes and the codec say what model.fbs says. */
class SchemaTest {
    private static final Map<Kind, String> SCALARS = Map.of(
            Kind.INT32,
            "int",
            Kind.INT64,
            "long",
            Kind.FLOAT32,
            "float",
            Kind.STRING,
            "string",
            Kind.INT32S,
            "[int]",
            Kind.FLOAT32S,
            "[float]",
            Kind.BYTES,
            "[ubyte]",
            Kind.STRINGS,
            "[string]");

    private final String schema;

    SchemaTest() throws IOException {
        schema = Files.readString(Path.of("src/main/flatbuffers/model.fbs")).replaceAll("//.*", "");
    }

    @Test
    void layoutsHaveTheFieldsOfTheirTables() {
        Map<String, Layout> reached = new TreeMap<>();
        collect(Layouts.MODEL_FILE, reached);
        Map<String, List<String>> tables = new TreeMap<>();
        Matcher table = Pattern.compile("table (\\w+) \\{([^}]*)}").matcher(schema);
        while (table.find()) {
            List<String> fields = new ArrayList<>();
            for (String field : table.group(2).split(";")) {
                if (!field.isBlank()) {
                    fields.add(field.strip().replaceAll("\\s*=.*", ""));
                }
            }
            tables.put(table.group(1), fields);
        }
        Map<String, List<String>> layouts = new TreeMap<>();
        reached.forEach((name, layout) -> layouts.put(name, declarations(layout, tables.get(name))));
        assertEquals(tables, layouts);
    }

    private static void collect(Layout layout, Map<String, Layout> reached) {
        if (reached.put(layout.name(), layout) == null) {
            layout.fields().forEach(field -> field.targets().forEach(target -> collect(target, reached)));
        }
    }

    /** A layout written as the schema writes it; the type of codes and structs is taken from there. */
    private List<String> declarations(Layout layout, List<String> declared) {
        List<String> lines = new ArrayList<>();
        for (Field field : layout.fields()) {
            if (field.kind() == Kind.TAG) {
                continue;
            }
            String line = lines.size() < declared.size() ? declared.get(lines.size()) : "";
            String wanted = line.replaceAll(".*:| .*", "");
            lines.add(field.name() + ":" + type(field, wanted) + (field.required() ? " (required)" : ""));
        }
        return lines;
    }

    private String type(Field field, String declared) {
        return switch (field.kind()) {
            case TABLE -> field.targets().get(0).name();
            case TABLES -> "[" + field.targets().get(0).name() + "]";
            case UNION -> "Options";
            case CODE -> field.max() + 1 == constants(declared) ? declared : "code of " + (field.max() + 1);
            case STRUCT -> declared.equals("Seal") && field.size() == Layouts.SEAL_BYTES ? declared : "struct";
            case STRUCTS ->
                declared.equals("[BufferDef]") && field.size() == Layouts.BUFFER_BYTES ? declared : "structs";
            default -> SCALARS.get(field.kind());
        };
    }

    private int constants(String type) {
        return switch (type) {
            case "bool" -> 2;
            case "ubyte" -> 256;
            default -> enumeration("enum " + type + " : ubyte").size();
        };
    }

    private List<String> enumeration(String head) {
        Matcher body = Pattern.compile(Pattern.quote(head) + " \\{([^}]*)}").matcher(schema);
        assertTrue(body.find(), head);
        return Arrays.stream(body.group(1).split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    @Test
    void codesAreOrdinals() {
        Map<String, Enum<?>[]> enums = new LinkedHashMap<>();
        enums.put("TypeCode", DType.values());
        enums.put("RoleCode", Role.values());
        enums.put("StorageCode", Storage.values());
        enums.put("ActivationCode", Activation.values());
        enums.put("BinaryCode", BinaryKind.values());
        enums.put("PoolCode", PoolKind.values());
        enums.put("PaddingCode", Padding.Mode.values());
        enums.forEach((name, values) -> assertEquals(
                Arrays.stream(values).map(Enum::name).toList(), enumeration("enum " + name + " : ubyte"), name));
    }

    @Test
    void layoutsOfOptionsFollowTheUnion() {
        Map<String, Layout> reached = new TreeMap<>();
        collect(Layouts.MODEL_FILE, reached);
        List<String> members = reached.get("OperatorDef").fields().get(2).targets().stream()
                .map(Layout::name)
                .toList();
        assertEquals(enumeration("union Options"), members);
        assertEquals(members, Arrays.asList(Options.names).subList(1, Options.names.length));
    }

    @Test
    void attributesAndOptionsShareTheirNames() {
        for (Attributes attributes : Samples.everyAttributes()) {
            assertEquals(
                    attributes.getClass().getSimpleName(),
                    OptionsCodec.name(OptionsCodec.tag(attributes)) + "Attributes");
        }
    }

    @Test
    void theRuntimeInFilesIsTheRelease() throws IOException {
        Matcher version = Pattern.compile("<artifactId>junco-parent</artifactId>\\s*<version>([0-9.]+)")
                .matcher(Files.readString(Path.of("../pom.xml")));
        assertTrue(version.find());
        assertEquals(version.group(1), ModelFormat.release(ModelFormat.RUNTIME));
        assertTrue(ModelFormat.FIRST_RUNTIME <= ModelFormat.RUNTIME);
    }
}
