package dev.containertui.tui.widget;

/** Names of images as people write them. */
public final class Names {
  private Names() {}

  /** Without the default registry; the start of a digest. */
  public static String shortReference(String reference) {
    String text = reference;
    for (String prefix : new String[] {"docker.io/library/", "docker.io/"}) {
      if (text.startsWith(prefix)) {
        text = text.substring(prefix.length());
        break;
      }
    }
    return text.startsWith("sha256:") ? shortDigest(text) : text;
  }

  /** The first twelve digits. */
  public static String shortDigest(String digest) {
    String hex = digest.substring(digest.indexOf(':') + 1);
    return hex.length() > 12 ? hex.substring(0, 12) : hex;
  }
}
