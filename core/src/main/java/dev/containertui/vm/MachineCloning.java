package dev.containertui.vm;

import java.nio.file.Path;
import java.util.List;

/**
 * What some hypervisors can do besides starting machines: keep one that has booted, as a template,
 * and start others from there. On QEMU a template is the machine's memory, mapped copy-on-write by
 * every clone, and the state of its devices; with Virtualization.framework it would be a file of
 * {@code saveMachineStateToURL:}.
 *
 * <p>A template is a directory whose files only the hypervisor understands. Whether they are whole
 * is their keeper's to know.
 */
public interface MachineCloning {
  /** Names of the files that {@link #keep} leaves in a template's directory. */
  List<String> files();

  /**
   * All that a template depends on, for a machine like this one: kernel, hypervisor, accelerator,
   * vCPUs, memory, the list of devices. Two machines with the same answer can be clones of one
   * template. Which images lie behind the disks, addresses and names are no part of it.
   *
   * @throws dev.containertui.error.EngineException as {@link Hypervisor#start}
   */
  List<String> identity(VmSpec spec);

  /**
   * Starts a machine that can be kept; its memory is a file in {@code template}.
   *
   * @throws dev.containertui.error.EngineException as {@link Hypervisor#start}
   */
  VirtualMachine startToKeep(VmSpec spec, Path template);

  /**
   * The same from where another kept machine stopped.
   *
   * @param template has copies of its {@link #files}, which this machine changes
   * @throws dev.containertui.error.EngineException as {@link #startFrom}
   */
  VirtualMachine goOnToKeep(VmSpec spec, Path template);

  /**
   * Stops a machine of {@link #startToKeep} or {@link #goOnToKeep} for ever and writes what it is
   * now to {@code template}.
   *
   * @throws dev.containertui.error.EngineException UNAVAILABLE, TIMEOUT, CANCELLED; the template is
   *     worth nothing then
   */
  void keep(VirtualMachine machine, Path template);

  /**
   * Starts a machine from where the kept one stopped. It does not see when its disks' sizes differ
   * from those of the kept one.
   *
   * @throws dev.containertui.error.EngineException as {@link Hypervisor#start}, and UNAVAILABLE if
   *     it cannot go on from there
   */
  VirtualMachine startFrom(Path template, VmSpec spec);
}
