package dev.containertui.repl.console;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The documentation comments of this program's own classes, out of the sources that the build puts
 * beside them: JShell finds the JDK's only.
 */
final class SourceDocs {
  private static final String PLACE = "META-INF/console-sources/";
  private static final int MOST_BYTES = 1 << 20;

  private final List<String> packages;
  private final Map<String, Map<String, String>> byType = new ConcurrentHashMap<>();

  /**
   * @param packages in which types are looked for, dots between their parts
   */
  SourceDocs(List<String> packages) {
    this.packages = List.copyOf(packages);
  }

  /**
   * The comment of what a signature of JShell's describes: {@code ContainerHandle
   * Commands.run(String image, String... command)}, or the name of a type.
   */
  Optional<String> comment(String signature) {
    int bracket = signature.indexOf('(');
    String name = bracket < 0 ? signature : signature.substring(0, bracket);
    name = name.replaceAll("<[^<>]*>", "");
    // Types come with their packages.
    String qualified =
        name.substring(name.lastIndexOf(' ') + 1).replaceFirst("^([a-z]\\w*\\.)+(?=[A-Z])", "");
    int dot = qualified.lastIndexOf('.');
    if (bracket < 0) {
      return Optional.ofNullable(type(qualified).get(""));
    }
    String type = dot < 0 ? qualified : qualified.substring(0, dot);
    String method = dot < 0 ? "<init>" : qualified.substring(dot + 1);
    String parameters = types(signature.substring(bracket + 1, signature.lastIndexOf(')')));
    return Optional.ofNullable(type(type).get(method + "(" + parameters + ")"));
  }

  /** The simple names of the types of {@code String image, String... command}. */
  private static String types(String parameters) {
    return CallSignature.split(parameters).stream()
        .map(
            parameter ->
                parameter.contains(" ")
                    ? parameter.substring(0, parameter.lastIndexOf(' '))
                    : parameter)
        .map(SourceDocs::simple)
        .collect(Collectors.joining(","));
  }

  private static String simple(String type) {
    return type.replaceAll("<.*>", "")
        .replaceAll("[\\w.]*\\.(?=\\w)", "")
        .replace("...", "[]")
        .strip();
  }

  private Map<String, String> type(String name) {
    return byType.computeIfAbsent(name, this::parse);
  }

  private Map<String, String> parse(String type) {
    String outermost = type.contains(".") ? type.substring(0, type.indexOf('.')) : type;
    for (String folder : packages) {
      String resource = PLACE + folder.replace('.', '/') + "/" + outermost + ".java";
      try (InputStream in = SourceDocs.class.getClassLoader().getResourceAsStream(resource)) {
        if (in != null) {
          String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
          return comments(text, type.substring(type.lastIndexOf('.') + 1));
        }
      } catch (IOException e) {
        return Map.of();
      }
    }
    return Map.of();
  }

  private static Map<String, String> comments(String text, String type) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignored) {
            return text;
          }
        };
    JavacTask task =
        (JavacTask) compiler.getTask(null, null, problem -> {}, List.of(), null, List.of(file));
    DocTrees trees = DocTrees.instance(task);
    Map<String, String> found = new HashMap<>();
    for (CompilationUnitTree unit : task.parse()) {
      new TreePathScanner<Void, Void>() {
        @Override
        public Void visitClass(ClassTree tree, Void nothing) {
          if (tree.getSimpleName().contentEquals(type)) {
            keep("");
          }
          return super.visitClass(tree, nothing);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
          if (getCurrentPath().getParentPath().getLeaf() instanceof ClassTree owner
              && owner.getSimpleName().contentEquals(type)) {
            keep(
                method.getName()
                    + method.getParameters().stream()
                        .map(VariableTree::getType)
                        .map(t -> simple(t.toString()))
                        .collect(Collectors.joining(",", "(", ")")));
          }
          return null;
        }

        private void keep(String key) {
          TreePath path = getCurrentPath();
          String comment = trees.getDocComment(path);
          if (comment != null) {
            found.put(key, comment);
          }
        }
      }.scan(unit, null);
    }
    return found;
  }
}
