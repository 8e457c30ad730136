package dev.containertui.acceptance;

import dev.containertui.ContainerTui;
import dev.containertui.Frontend;
import dev.containertui.Progress;
import dev.containertui.Session;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The public methods of the language, and which of them a set of sources calls. */
final class ApiCalls {
  /** What the language is shown with, which is no part of it. */
  private static final Set<Class<?>> SEAMS = Set.of(Session.class, Frontend.class, Progress.class);

  /** What Java or the printing of values calls. */
  private static final Set<String> IMPLICIT =
      Set.of("toString", "equals", "hashCode", "view", "rowView", "iterator", "close");

  private ApiCalls() {}

  /**
   * Methods that no source calls, as {@code Type.method}. Methods of one name count as one; what a
   * record gives its components by is data, and does not count.
   */
  static Set<String> missing(Collection<String> sources) throws Exception {
    String all = String.join("\n", sources);
    Set<String> missing = new TreeSet<>();
    methods()
        .forEach(
            (name, types) -> {
              if (!Pattern.compile("\\b" + name + "\\(|::" + name + "\\b").matcher(all).find()) {
                types.forEach(type -> missing.add(type + "." + name));
              }
            });
    return missing;
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Names of methods, each with the types that have it. */
  private static Map<String, Set<String>> methods() throws Exception {
    Map<String, Set<String>> methods = new TreeMap<>();
    for (Class<?> type : types()) {
      Set<String> components =
          type.isRecord()
              ? Set.copyOf(
                  Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList())
              : Set.of();
      for (Method method : type.getDeclaredMethods()) {
        boolean counts =
            Modifier.isPublic(method.getModifiers())
                && !method.isSynthetic()
                && !IMPLICIT.contains(method.getName())
                && !components.contains(method.getName());
        if (counts) {
          methods.computeIfAbsent(method.getName(), _ -> new TreeSet<>()).add(type.getSimpleName());
        }
      }
    }
    return methods;
  }

  private static List<Class<?>> types() throws Exception {
    Path place =
        Path.of(ContainerTui.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(place)) {
      return types(place.resolve("dev/containertui"));
    }
    try (FileSystem jar = FileSystems.newFileSystem(place)) {
      return types(jar.getPath("dev/containertui"));
    }
  }

  private static List<Class<?>> types(Path directory)
      throws IOException, ClassNotFoundException, URISyntaxException {
    List<String> names;
    try (Stream<Path> files = Files.list(directory)) {
      names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
              .map(name -> "dev.containertui." + name.substring(0, name.length() - 6))
              .toList();
    }
    List<Class<?>> types = new java.util.ArrayList<>();
    for (String name : names) {
      Class<?> type = Class.forName(name, false, ContainerTui.class.getClassLoader());
      if (Modifier.isPublic(type.getModifiers()) && !SEAMS.contains(type)) {
        types.add(type);
      }
    }
    return types;
  }
}
