package dev.containertui.container;

import dev.containertui.image.ImageCommit;
import dev.containertui.image.StoredImage;
import dev.containertui.template.TemplateStore;
import dev.containertui.vm.Hypervisor;
import dev.containertui.vm.VmSpec;
import dev.containertui.volume.VolumeStore;
import java.nio.file.Path;
import java.util.Optional;

/** What containers are made of. */
public interface ContainerSupplies {
  /**
   * An image of the store.
   *
   * @throws dev.containertui.error.EngineException NOT_FOUND if it has been removed
   */
  StoredImage image(String manifestDigest);

  /** The ext4 image with an image's root file system; made if it is not there yet. */
  Path rootDisk(StoredImage image);

  /**
   * Makes an image of another one and a layer on top.
   *
   * @return digest of the new image's manifest
   */
  String commit(StoredImage base, ImageCommit commit, ImageCommit.LayerWriter layer);

  VolumeStore volumes();

  /** Makes an empty writable disk, sparse. */
  void makeWritableDisk(Path file);

  /**
   * What a machine boots.
   *
   * @param ownKernel a kernel of the user's; empty: the installed one
   */
  BootFiles bootFiles(Optional<Path> ownKernel);

  /** Files that a machine boots. */
  record BootFiles(VmSpec.Kernel kernel, Path initramfs) {}

  Hypervisor hypervisor();

  /** Kept machines. */
  TemplateStore templates();

  /** Whether every machine is to boot, rather than be cloned. */
  boolean coldBoot();

  /** Whether images have templates of their own. */
  boolean imageTemplates();

  /** The host's address where ports are published that no address is given for. */
  String publishAddress();

  /** The directory for the sockets of machines; exists. */
  Path runtimeDirectory();

  /** CPUs of this host. */
  int hostCpus();

  /** Memory of this host; as good as endless if it does not tell. */
  long hostMemoryBytes();
}
