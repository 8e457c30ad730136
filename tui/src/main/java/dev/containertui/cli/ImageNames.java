package dev.containertui.cli;

import java.util.List;

/** References as people write them. */
final class ImageNames {
  private ImageNames() {}

  /** {@code docker.io/library/alpine:3} becomes {@code alpine:3}. */
  static String familiar(String reference) {
    for (String prefix : List.of("docker.io/library/", "docker.io/")) {
      if (reference.startsWith(prefix)) {
        return reference.substring(prefix.length());
      }
    }
    return reference;
  }

  /** The part before the tag or digest. */
  static String repository(String reference) {
    String name = reference.split("@", 2)[0];
    int colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
  }

  /** The tag; {@code <none>} if there is only a digest. */
  static String tag(String reference) {
    String name = reference.split("@", 2)[0];
    int colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/') ? name.substring(colon + 1) : "<none>";
  }

  /** The first 12 hexadecimal digits of {@code sha256:…}. */
  static String shortId(String digest) {
    String hex = digest.substring(digest.indexOf(':') + 1);
    return hex.substring(0, Math.min(12, hex.length()));
  }
}
