package gatehouse.node;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// The types and methods of the project's sources, as the compiler's own parser sees them.
final class JavaSources {

    /// @param line where its declaration begins, annotations included
    record Type(Path file, String name, boolean topLevel, long line) {}

    /// @param lines of its body; what annotations list for a test is a table, not code
    record Method(Path file, String name, long lines) {}

    private final List<Type> types = new ArrayList<>();
    private final List<Method> methods = new ArrayList<>();

    private JavaSources() {}

    static JavaSources read(List<Path> files) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var units = manager.getJavaFileObjectsFromPaths(files);
            var task = (JavacTask) compiler.getTask(null, manager, null, null, null, units);
            var positions = Trees.instance(task).getSourcePositions();
            var sources = new JavaSources();
            for (var unit : task.parse()) {
                sources.new Reader(unit, positions).scan(unit, null);
            }
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Type> types() {
        return List.copyOf(types);
    }

    List<Method> methods() {
        return List.copyOf(methods);
    }

    /// Walks one file.
    private final class Reader extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final Path file;
        private int depth;

        Reader(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
            this.file = Path.of(unit.getSourceFile().toUri());
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            if (!type.getSimpleName().isEmpty()) {
                types.add(new Type(file, type.getSimpleName().toString(), depth == 0, first(type)));
            }
            depth++;
            super.visitClass(type, null);
            depth--;
            return null;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            var body = method.getBody();
            if (body != null) {
                methods.add(new Method(file, method.getName().toString(), last(body) - first(body) + 1));
            }
            return super.visitMethod(method, null);
        }

        private long first(Tree tree) {
            return unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
        }

        private long last(Tree tree) {
            return unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree));
        }
    }
}
