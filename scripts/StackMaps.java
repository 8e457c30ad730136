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
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Brings the classes of a jar that are older than Java 7 to Java 8's format, with stack maps: an
 * ahead-of-time cache takes no others, and without them each start verifies them the old, slow way.
 *
 * <p>{@code java -cp JAR scripts/StackMaps.java JAR}; a jar without such classes stays as it is.
 */
final class StackMaps {
  /** The first version that must have stack maps. */
  private static final int JAVA_7 = 51;

  private StackMaps() {}

  public static void main(String[] arguments) throws IOException {
    Path jar = Path.of(arguments[0]);
    Path renewed = jar.resolveSibling(jar.getFileName() + ".new");
    boolean old = false;
    try (JarFile in = new JarFile(jar.toFile());
        OutputStream file = Files.newOutputStream(renewed);
        JarOutputStream out = new JarOutputStream(file)) {
      for (JarEntry entry : Collections.list(in.entries())) {
        byte[] bytes = in.getInputStream(entry).readAllBytes();
        byte[] current = entry.getName().endsWith(".class") ? current(bytes) : bytes;
        old |= current != bytes;
        out.putNextEntry(new JarEntry(entry.getName()));
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
