package dev.containertui.engine.api.own;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Tells builds of this program apart, and costs no reading of files: made of names, sizes and times
 * of our own parts of the class path. An engine that was started before the program was built anew
 * has another one than a front end that was started after it.
 */
public final class BuildId {
  private static final String OWN = "container-tui";
  private static final String VALUE = Long.toHexString(compute());

  private BuildId() {}

  /** Of this process: up to 16 hexadecimal digits. */
  public static String ofThisProcess() {
    return VALUE;
  }

  private static long compute() {
    long hash = 1;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path file = Path.of(entry);
      if (entry.isEmpty() || !file.getFileName().toString().startsWith(OWN)) {
        continue;
      }
      try {
        BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
        hash = 31 * hash + file.getFileName().hashCode();
        hash = 31 * hash + facts.size();
        hash = 31 * hash + facts.lastModifiedTime().toMillis();
      } catch (IOException e) {
        hash = 31 * hash; // It is gone: then it is another build that is here now.
      }
    }
    return hash;
  }
}
