package dev.containertui.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which file it is and when it was last changed: inode, size and times, which the system changes
 * with every change of the file. To compare it takes a look; to read the file through takes long.
 */
public final class FileStamp {
  private FileStamp() {}

  /** One line; another one after every change. */
  public static String of(Path file) throws IOException {
    Map<String, Object> attributes =
        Files.readAttributes(file, "unix:dev,ino,size,ctime,lastModifiedTime");
    return new TreeMap<>(attributes).toString();
  }
}
