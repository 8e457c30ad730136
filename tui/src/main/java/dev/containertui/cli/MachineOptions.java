package dev.containertui.cli;

import dev.containertui.engine.Engine;
import dev.containertui.kernel.InstalledKernel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that decide what machine a container gets. */
final class MachineOptions {
  @Option(
      names = "--cpus",
      paramLabel = "N",
      converter = Cpus.class,
      description = "number of CPUs, for example 1.5")
  private Double cpus;

  @Option(
      names = {"-m", "--memory"},
      paramLabel = "SIZE",
      converter = Memory.class,
      description =
          "the most memory that the container may use, for example 512m or 2g, at least 6m; its machine"
              + " gets the next larger size that holds this and a kernel; without: a machine of 512m")
  private Long memoryBytes;

  @Option(
      names = "--kernel",
      paramLabel = "NAME|FILE",
      description = "boot this installed kernel, or this file, instead of the default one")
  private String kernel;

  Optional<Double> cpus() {
    return Optional.ofNullable(cpus);
  }

  Optional<Long> memoryBytes() {
    return Optional.ofNullable(memoryBytes);
  }

  boolean ownKernel() {
    return kernel != null;
  }

  /**
   * The kernel's file, if one was named: an installed one's, or else the user's own.
   *
   * @param failure the exit code if there is neither
   * @throws CommandFailure if there is neither
   */
  Optional<Path> kernel(Engine engine, int failure) {
    if (kernel == null) {
      return Optional.empty();
    }
    List<InstalledKernel> installed = kernel.contains("/") ? List.of() : engine.kernels().list();
    Optional<Path> image =
        installed.stream()
            .filter(candidate -> candidate.name().equals(kernel))
            .map(InstalledKernel::image)
            .findFirst();
    if (image.isPresent()) {
      return image;
    }
    Path file = Path.of(kernel).toAbsolutePath();
    if (!Files.isRegularFile(file)) {
      throw kernel.contains("/")
          ? new CommandFailure(
              failure,
              "--kernel " + kernel + ": no such file",
              "container-tui kernel list shows the installed kernels, which go by name")
          : new CommandFailure(
              failure,
              "--kernel " + kernel + ": no kernel is installed by that name, and no file has it",
              installed.isEmpty()
                  ? "container-tui kernel install"
                  : "installed are: "
                      + String.join(", ", installed.stream().map(InstalledKernel::name).toList()));
    }
    return Optional.of(file);
  }

  static final class Cpus implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      double cpus;
      try {
        cpus = Double.parseDouble(text);
      } catch (NumberFormatException e) {
        cpus = 0;
      }
      if (!(cpus > 0 && cpus <= 255)) {
        throw new TypeConversionException(
            "'" + text + "' is no number of more than 0 and at most 255");
      }
      return cpus;
    }
  }

  static final class Memory implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return Units.parseMemory(text)
          .orElseThrow(
              () -> new TypeConversionException("'" + text + "' is no size, as 512m and 2g are"));
    }
  }
}
