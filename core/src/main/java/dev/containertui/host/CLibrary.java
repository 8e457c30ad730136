package dev.containertui.host;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** Functions of the C library that Java has no equivalent of. Each start allows native access. */
public final class CLibrary {
  private CLibrary() {}

  /**
   * A function that each system of this kind has.
   *
   * @param type as the C library's header has it; a wrong one destroys memory
   * @throws java.util.NoSuchElementException if there is none of this name
   */
  public static MethodHandle function(
      String name, FunctionDescriptor type, Linker.Option... options) {
    return find(name, type, options).orElseThrow();
  }

  /** Like {@link #function}; empty where the system does not know it. */
  @SuppressWarnings("restricted")
  public static Optional<MethodHandle> find(
      String name, FunctionDescriptor type, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find(name)
        .map(address -> linker.downcallHandle(address, type, options));
  }
}
