package dev.containertui;

import dev.containertui.copy.Copy;
import dev.containertui.copy.CopyEnd;
import dev.containertui.copy.CopyEnd.InContainer;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.view.SafeText;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/** Copies between this host and containers. */
final class Copies {
  private Copies() {}

  private static Copy copy() {
    return new Copy(
        false,
        false,
        warning -> Session.current().frontend().out().println(SafeText.line(warning)));
  }

  static void in(Path from, dev.containertui.container.Container container, String to) {
    copy().in(host("cp(path, target)", from), container.files(), place(container, to));
  }

  static void out(dev.containertui.container.Container container, String from, Path to) {
    copy().out(container.files(), place(container, from), host("cp(source, path)", to));
  }

  static void across(
      dev.containertui.container.Container container,
      String from,
      dev.containertui.container.Container other,
      String to) {
    copy().across(container.files(), place(container, from), other.files(), place(other, to));
  }

  private static String host(String method, Path path) {
    if (path.getFileSystem() != FileSystems.getDefault()) {
      throw new EngineException(
          Kind.INVALID,
          method + ": " + path + " is not a path of this host",
          "cp(source, container, target) copies from container to container");
    }
    return path.toString();
  }

  private static InContainer place(dev.containertui.container.Container container, String path) {
    return (InContainer) CopyEnd.parse(container.name() + ":" + path);
  }
}
