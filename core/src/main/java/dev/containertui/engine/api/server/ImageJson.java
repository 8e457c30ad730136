package dev.containertui.engine.api.server;

import dev.containertui.error.EngineException;
import dev.containertui.oci.Reference;

/** Images as Docker's clients see them. */
final class ImageJson {
  private ImageJson() {}

  /** Whether a full reference is meant by a name, which may be short and without a tag. */
  static boolean isCalled(String reference, String name) {
    try {
      return Reference.parse(name).toString().equals(reference);
    } catch (EngineException e) {
      return false;
    }
  }
}
