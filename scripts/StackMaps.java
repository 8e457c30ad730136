import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Makes a jar fit for an ahead-of-time cache. Its classes that are older than Java 7 get Java 8's
 * format, with stack maps: the cache takes no others, and without them each start verifies them the
 * old, slow way. Its packages are no longer sealed: a cache that was moved with its jars would clash
 * with the seals.
 *
 * <p>{@code java -cp CLASS_PATH scripts/StackMaps.java JAR...}; a jar without either stays as it is.
 */
final class StackMaps {
  /** The first version that must have stack maps. */
  private static final int JAVA_7 = 51;

  private StackMaps() {}

  public static void main(String[] arguments) throws IOException {
    for (String jar : arguments) {
      renew(Path.of(jar));
    }
  }

  private static void renew(Path jar) throws IOException {
    Path renewed = jar.resolveSibling(jar.getFileName() + ".new");
    boolean old = false;
    try (JarFile in = new JarFile(jar.toFile());
        OutputStream file = Files.newOutputStream(renewed);
        JarOutputStream out = new JarOutputStream(file)) {
      for (JarEntry entry : Collections.list(in.entries())) {
        byte[] bytes = in.getInputStream(entry).readAllBytes();
        byte[] current =
            switch (entry.getName()) {
              case String name when name.endsWith(".class") -> current(bytes);
              case JarFile.MANIFEST_NAME -> unsealed(bytes);
              default -> bytes;
            };
        old |= current != bytes;
        JarEntry copy = new JarEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal()); // the same bytes whenever this runs
        out.putNextEntry(copy);
        out.write(current);
        out.closeEntry();
      }
    }
    if (old) {
      Files.move(renewed, jar, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.delete(renewed);
    }
  }

  /** The same array if nothing is sealed. */
  private static byte[] unsealed(byte[] bytes) throws IOException {
    Manifest manifest = new Manifest(new ByteArrayInputStream(bytes));
    boolean sealed = manifest.getMainAttributes().remove(Attributes.Name.SEALED) != null;
    for (Attributes attributes : manifest.getEntries().values()) {
      sealed |= attributes.remove(Attributes.Name.SEALED) != null;
    }
    if (!sealed) {
      return bytes;
    }
    ByteArrayOutputStream made = new ByteArrayOutputStream();
    manifest.write(made);
    return made.toByteArray();
  }

  /** The same array if the class is new enough. */
  private static byte[] current(byte[] bytes) {
    ClassFile format =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofClassLoading(StackMaps.class.getClassLoader())),
            ClassFile.ConstantPoolSharingOption.NEW_POOL);
    ClassModel model = format.parse(bytes);
    if (model.majorVersion() >= JAVA_7) {
      return bytes;
    }
    return format.transformClass(
        model,
        ClassTransform.transformingMethodBodies((code, element) -> code.with(element))
            .andThen(
                ClassTransform.endHandler(
                    made -> made.withVersion(ClassFile.JAVA_8_VERSION, 0))));
  }
}
