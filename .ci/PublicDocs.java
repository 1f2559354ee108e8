import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Asks for a comment on every public type, and on every public or protected method that overrides nothing, in the
 * packages that a module exports to everyone. Arguments: source folders, each with its {@code module-info.java}.
 */
final class PublicDocs {
    private static final Pattern EXPORT = Pattern.compile("^\\s*exports\\s+([\\w.]+)\\s*;", Pattern.MULTILINE);

    private PublicDocs() {}

    public static void main(String[] folders) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String folder : folders) {
            sources.addAll(exported(Path.of(folder)));
        }
        List<String> complaints = complaints(sources);
        if (!complaints.isEmpty()) {
            complaints.forEach(System.err::println);
            System.err.println(complaints.size() + " public types or methods have no Javadoc.");
            System.exit(1);
        }
    }

    private static List<Path> exported(Path folder) throws IOException {
        List<Path> sources = new ArrayList<>();
        String module = Files.readString(folder.resolve("module-info.java"));
        for (var export : EXPORT.matcher(module).results().toList()) {
            try (Stream<Path> files = Files.list(folder.resolve(export.group(1).replace('.', '/')))) {
                files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
            }
        }
        return sources;
    }

    private static List<String> complaints(List<Path> sources) throws IOException {
        List<String> complaints = new ArrayList<>();
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) javac.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Scanner(docs, unit, complaints).scan(unit, null);
            }
        }
        return complaints;
    }

    private static final class Scanner extends TreePathScanner<Void, Void> {
        private final DocTrees docs;
        private final CompilationUnitTree unit;
        private final List<String> complaints;

        private Scanner(DocTrees docs, CompilationUnitTree unit, List<String> complaints) {
            this.docs = docs;
            this.unit = unit;
            this.complaints = complaints;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            if (!visible(type.getModifiers())) {
                return null; // nor is anything inside it
            }
            require(type.getSimpleName().toString());
            return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            boolean constructor = method.getReturnType() == null;
            if (!constructor && visible(method.getModifiers()) && !overrides(method)) {
                require(method.getName().toString());
            }
            return null; // what stands in a body is nobody's API
        }

        /** Public or protected; members of an interface are public without saying so. */
        private boolean visible(ModifiersTree modifiers) {
            TreePath parent = getCurrentPath().getParentPath();
            return modifiers.getFlags().contains(Modifier.PUBLIC)
                    || modifiers.getFlags().contains(Modifier.PROTECTED)
                    || parent.getLeaf().getKind() == Tree.Kind.INTERFACE
                            && !modifiers.getFlags().contains(Modifier.PRIVATE);
        }

        private static boolean overrides(MethodTree method) {
            return method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
        }

        private void require(String name) {
            if (docs.getDocComment(getCurrentPath()) == null) {
                long start = docs.getSourcePositions()
                        .getStartPosition(unit, getCurrentPath().getLeaf());
                complaints.add(Path.of(unit.getSourceFile().toUri()) + ":"
                        + unit.getLineMap().getLineNumber(start) + ": " + name);
            }
        }
    }
}
