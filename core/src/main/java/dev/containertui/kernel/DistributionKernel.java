package dev.containertui.kernel;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.ArrayList;
import java.util.List;

/** The distribution's kernel for virtual machines. */
final class DistributionKernel {
  /** Debian's and Ubuntu's names for "the present kernel for virtual machines". */
  private static final List<String> METAPACKAGES =
      List.of("linux-image-cloud-amd64", "linux-image-virtual");

  private DistributionKernel() {}

  /**
   * Finds out which packages hold the present kernel: the image first, then its modules if they are
   * a package of their own.
   *
   * @throws EngineException UNAVAILABLE if there is no apt or it knows no such kernel
   */
  static List<String> packages(Apt apt) {
    for (String metapackage : METAPACKAGES) {
      List<String> images = apt.dependencies(metapackage, "linux-image-");
      if (!images.isEmpty()) {
        var packages = new ArrayList<>(images.subList(0, 1));
        packages.addAll(apt.dependencies(images.getFirst(), "linux-modules-"));
        return packages;
      }
    }
    throw new EngineException(
        Kind.UNAVAILABLE,
        "apt knows no kernel for virtual machines (" + String.join(", ", METAPACKAGES) + ")",
        "run `apt-get update` as root, then try again; or name a kernel with --kernel PATH");
  }
}
