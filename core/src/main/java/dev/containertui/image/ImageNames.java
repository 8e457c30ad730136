package dev.containertui.image;

import dev.containertui.error.EngineException;
import dev.containertui.image.StoreIndex.Entry;
import dev.containertui.oci.Digest;
import dev.containertui.oci.Reference;
import java.util.regex.Pattern;

/** What a user may call an image in the store. */
final class ImageNames {
  private static final Pattern ID_PREFIX = Pattern.compile("(sha256:)?[0-9a-f]{4,64}");

  private ImageNames() {}

  /**
   * Whether {@code text} is the entry's name, or the digest of the entry's image or index in the
   * repository that it was pulled from.
   */
  static boolean isNameOf(String text, Entry entry) {
    if (entry.name().isEmpty()) {
      return false;
    }
    String name = entry.name().get();
    if (name.equals(text)) {
      return true;
    }
    try {
      Reference wanted = Reference.parse(text);
      if (wanted.digest().isEmpty()) {
        return name.equals(wanted.toString());
      }
      Digest digest = wanted.digest().get();
      return Reference.parse(name).name().equals(wanted.name())
          && (entry.manifest().digest().equals(digest)
              || entry.chosenFrom().filter(digest::equals).isPresent());
    } catch (EngineException notAReference) {
      return false;
    }
  }

  /** Whether {@code text} is, or starts, the image's id or the digest of its manifest. */
  static boolean isIdOf(String text, ImageSummary image) {
    if (!ID_PREFIX.matcher(text).matches()) {
      return false;
    }
    String prefix = text.startsWith("sha256:") ? text : "sha256:" + text;
    return image.id().startsWith(prefix) || image.digest().startsWith(prefix);
  }

  /**
   * What stands for one content for ever cannot be given to another one.
   *
   * @throws EngineException INVALID
   */
  static void requireTag(Reference name) {
    if (name.digest().isPresent()) {
      throw new EngineException(
          EngineException.Kind.INVALID,
          "a name with a digest cannot be given to an image: " + name.familiar(),
          "leave the @sha256:… out");
    }
  }

  /** The name that an image gets: with a digest, the tag is only a remark and left out. */
  static String nameOf(Reference reference) {
    return reference.digest().map(reference::withDigest).orElse(reference).toString();
  }
}
