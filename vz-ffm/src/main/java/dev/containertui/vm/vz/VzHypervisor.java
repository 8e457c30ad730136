package dev.containertui.vm.vz;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.vm.Hypervisor;
import dev.containertui.vm.VirtualMachine;
import dev.containertui.vm.VmSpec;
import java.util.Locale;

/**
 * The place of macOS' Virtualization.framework. It is not built yet, and says so: it answers that
 * it cannot be used, on macOS and elsewhere, and starts nothing.
 */
public final class VzHypervisor implements Hypervisor {
  private final String operatingSystem;

  /** For {@link java.util.ServiceLoader}. */
  public VzHypervisor() {
    this(System.getProperty("os.name"));
  }

  VzHypervisor(String operatingSystem) {
    this.operatingSystem = operatingSystem;
  }

  @Override
  public String name() {
    return "vz";
  }

  @Override
  public Availability available() {
    return new Availability(false, "", "", reason());
  }

  private String reason() {
    return operatingSystem.toLowerCase(Locale.ROOT).startsWith("mac")
        ? "Virtualization.framework is not supported yet"
        : "needs macOS, this is " + operatingSystem;
  }

  @Override
  public VirtualMachine start(VmSpec spec) {
    throw new EngineException(Kind.UNAVAILABLE, "no machine can be started with vz: " + reason());
  }
}
