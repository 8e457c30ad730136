package dev.containertui.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.Frontend;
import dev.containertui.Progress;
import dev.containertui.Session;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whoever looks for a method of the API finds it used in the examples or, where none can, shown.
 */
class ExamplesCoverTheApiTest {
  private static final Path EXAMPLES = Host.CHECKOUT.resolve("examples");

  /** What front ends implement, not what programs call. */
  private static final Set<Class<?>> FOR_FRONT_ENDS =
      Set.of(Frontend.class, Progress.class, Session.class);

  /** How a value is shown; the front ends call these. */
  private static final Set<String> SHOWING = Set.of("view", "rowView");

  /** These need a terminal, or root and the distribution's servers; the guides have them. */
  private static final Set<String> IN_THE_GUIDES = Set.of("interactive", "shell", "installKernel");

  private static List<Class<?>> api() throws IOException {
    Path classes = Host.CHECKOUT.resolve("repl/target/classes");
    try (Stream<Path> files = Files.list(classes.resolve("dev/containertui"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.contains("-info"))
          .map(name -> load("dev.containertui." + name.replace(".class", "")))
          .filter(type -> Modifier.isPublic(type.getModifiers()))
          .filter(type -> !FOR_FRONT_ENDS.contains(type))
          .collect(Collectors.toList());
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /** Its own methods: not those of java.lang.Process and the like, nor a record's components. */
  private static Stream<Method> own(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isSynthetic())
        .filter(m -> !SHOWING.contains(m.getName()))
        .filter(m -> !type.isAnnotationPresent(FunctionalInterface.class)) // a lambda is its use
        .filter(m -> !isOfJava(type, m))
        .filter(
            m ->
                !type.isRecord()
                    || Arrays.stream(type.getRecordComponents())
                        .noneMatch(c -> c.getAccessor().equals(m)));
  }

  private static boolean isOfJava(Class<?> type, Method method) {
    Set<Class<?>> above = new java.util.HashSet<>();
    addAbove(type, above);
    return above.stream()
        .filter(t -> t.getName().startsWith("java."))
        .flatMap(t -> Arrays.stream(t.getMethods()))
        .anyMatch(
            m ->
                m.getName().equals(method.getName())
                    && m.getParameterCount() == method.getParameterCount());
  }

  private static void addAbove(Class<?> type, Set<Class<?>> above) {
    if (type == null) {
      return;
    }
    addAbove(type.getSuperclass(), above);
    above.add(type);
    for (Class<?> each : type.getInterfaces()) {
      addAbove(each, above);
    }
    above.add(Object.class);
  }

  private static String text(Stream<Path> files) {
    return files
        .map(
            file -> {
              try {
                return Files.readString(file);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            })
        .collect(Collectors.joining("\n"));
  }

  @Test
  void everyPublicMethodIsUsed() throws Exception {
    String examples;
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      examples =
          text(files.filter(f -> f.toString().matches(".*\\.(jsh|java)")))
              .replaceAll("(?m)//.*$", "");
    }
    String guides =
        text(
            Stream.of("docs/console.md", "docs/api.md")
                .map(Host.CHECKOUT::resolve)
                .filter(Files::exists));
    Set<String> missing = new TreeSet<>();
    for (Class<?> type : api()) {
      own(type)
          .filter(
              m ->
                  !Pattern.compile("\\b" + m.getName() + "\\(|::" + m.getName() + "\\b")
                      .matcher(IN_THE_GUIDES.contains(m.getName()) ? guides : examples)
                      .find())
          .forEach(m -> missing.add(type.getSimpleName() + "." + m.getName()));
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void theListNamesEveryExample() throws Exception {
    String list = Files.readString(EXAMPLES.resolve("README.md"));
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      files
          .filter(f -> f.toString().matches(".*\\.(jsh|java)"))
          .map(f -> EXAMPLES.relativize(f).toString())
          .forEach(name -> assertTrue(list.contains("(" + name + ")"), name));
    }
  }
}
