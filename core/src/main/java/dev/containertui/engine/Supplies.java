package dev.containertui.engine;

import dev.containertui.container.ContainerSupplies;
import dev.containertui.image.ImageCommit;
import dev.containertui.image.ImageStore;
import dev.containertui.image.StoredImage;
import dev.containertui.oci.Digest;
import dev.containertui.rootfs.UnpackProgress;
import dev.containertui.rootfs.WritableDisk;
import dev.containertui.template.TemplateStore;
import dev.containertui.vm.Hypervisor;
import dev.containertui.vm.qemu.HostMemory;
import dev.containertui.volume.VolumeStore;
import java.nio.file.Path;
import java.util.Optional;

/** What containers are made of, from the engine's parts. */
record Supplies(
    Lazy<ImageStore> store,
    Lazy<ImageLibrary> images,
    KernelLibrary kernels,
    Lazy<Hypervisor> machines,
    TemplateStore templates,
    VolumeStore volumes,
    boolean coldBoot,
    boolean imageTemplates,
    String publishAddress,
    Path runtimeDirectory)
    implements ContainerSupplies {
  /** Sparse: it takes what is written to it, and can take this much. */
  private static final long WRITABLE_DISK_BYTES = 64L << 30;

  @Override
  public StoredImage image(String manifestDigest) {
    return store.get().image(Digest.parse(manifestDigest));
  }

  @Override
  public Path rootDisk(StoredImage image) {
    return images.get().rootDisk(image, UnpackProgress.NONE);
  }

  @Override
  public String commit(StoredImage base, ImageCommit commit, ImageCommit.LayerWriter layer) {
    return images.get().commit(base, commit, layer).digest();
  }

  @Override
  public void makeWritableDisk(Path file) {
    WritableDisk.create(file, WRITABLE_DISK_BYTES);
  }

  @Override
  public BootFiles bootFiles(Optional<Path> ownKernel) {
    return kernels.bootFiles(ownKernel);
  }

  @Override
  public Hypervisor hypervisor() {
    return machines.get();
  }

  @Override
  public int hostCpus() {
    return Runtime.getRuntime().availableProcessors();
  }

  @Override
  public long hostMemoryBytes() {
    long told = HostMemory.now().totalBytes();
    return told > 0 ? told : Long.MAX_VALUE;
  }
}
