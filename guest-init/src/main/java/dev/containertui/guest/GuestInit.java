package dev.containertui.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The guest's init: a static executable per architecture, less than 150 000 bytes each.
 *
 * <p>Architectures are named as the kernel names them ({@code uname -m}): {@code x86_64} and {@code
 * aarch64}; the names of Java and of OCI platforms ({@code amd64}, {@code arm64}) are understood
 * too.
 */
public final class GuestInit {
  /**
   * System property: a directory with {@code init-x86_64} and {@code init-aarch64} to take instead
   * of the ones packed in, for work on init itself.
   */
  public static final String DIRECTORY_PROPERTY = "dev.containertui.guest.dir";

  /** What is packed in does not change, and each start of a machine asks for it. */
  private static final Map<String, byte[]> PACKED = new ConcurrentHashMap<>();

  private GuestInit() {}

  /**
   * The executable for an architecture.
   *
   * @throws IllegalArgumentException if there is none for that architecture
   * @throws UncheckedIOException if it cannot be read
   */
  public static byte[] binary(String architecture) {
    String name = "init-" + kernelName(architecture);
    String directory = System.getProperty(DIRECTORY_PROPERTY);
    try {
      if (directory != null) {
        return Files.readAllBytes(Path.of(directory, name));
      }
      byte[] packed = PACKED.get(name);
      if (packed == null) {
        packed = unpack(name);
        PACKED.put(name, packed);
      }
      return packed.clone();
    } catch (IOException e) {
      throw new UncheckedIOException("the guest's init for " + architecture + " cannot be read", e);
    }
  }

  private static byte[] unpack(String name) throws IOException {
    try (InputStream resource = GuestInit.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IOException(name + " is not packed into this build");
      }
      return resource.readAllBytes();
    }
  }

  /** SHA-256 of {@link #binary}, 64 lower case hexadecimal digits. */
  public static String digest(String architecture) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(binary(architecture)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String kernelName(String architecture) {
    return switch (architecture) {
      case "x86_64", "amd64" -> "x86_64";
      case "aarch64", "arm64" -> "aarch64";
      default ->
          throw new IllegalArgumentException(
              "there is no guest init for the architecture " + architecture);
    };
  }
}
