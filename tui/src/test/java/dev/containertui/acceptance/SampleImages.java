package dev.containertui.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Real images, made by the distribution's own tools and kept in the test cache. */
final class SampleImages {
  private SampleImages() {}

  /**
   * An OCI layout with the image {@code debian}: a root file system by mmdebstrap; above it a layer
   * by umoci with deletions and every kind of file; above that one with an opaque directory.
   */
  static Path debian() throws IOException, InterruptedException {
    Path layout = Host.CACHE.resolve("debian-layout-3");
    if (Files.exists(layout)) {
      return layout;
    }
    Path work = Host.CACHE.resolve("debian-work");
    Host.deleteTree(work);
    Files.createDirectories(work);
    Path base = work.resolve("base.tar");
    Host.tool("mmdebstrap", "--quiet", "--variant=essential", "bookworm", base.toString());
    Path draft = work.resolve("layout");
    String image = draft + ":debian";
    Host.tool("umoci", "init", "--layout", draft.toString());
    Host.tool("umoci", "new", "--image", image);
    Host.tool("umoci", "raw", "add-layer", "--image", image, base.toString());

    Path bundle = work.resolve("bundle");
    Host.tool("umoci", "unpack", "--image", image, bundle.toString());
    script(
        bundle.resolve("rootfs"),
        """
        rm -rf usr/share/doc usr/share/locale usr/bin/lastlog
        rm -rf var/log && echo 'a file where a directory was' > var/log
        mkdir -p opt/kinds/deep/er && cd opt/kinds
        echo setuid > setuid && chmod 4755 setuid
        echo setgid > setgid && chmod 2755 setgid && mkdir sticky && chmod 1777 sticky
        echo owner > big-owner && chown 100000:4000000000 big-owner
        ln -s deep short-link
        ln -s "/$(printf 'x%.0s' $(seq 1 200))" long-link
        echo one > hard-1 && ln hard-1 hard-2 && ln hard-1 deep/er/hard-3
        mkfifo -m 0640 fifo && mknod -m 0600 char c 1 3 && mknod -m 0660 block b 7 200
        printf '\\377\\376 not utf-8' > "$(printf 'n\\344me')"
        touch -d '1969-12-31 23:59:58.5 UTC' before-1970 && touch -d '2040-02-03 04:05:06.789 UTC' after-2038
        truncate -s 5M sparse && printf end >> sparse
        head -c 300000 /dev/urandom > random && : > empty
        mkdir opaque && echo lower > opaque/lower && mkdir opaque/lower-dir
        for i in $(seq 1 500); do echo $i > "deep/er/file-$i"; done
        """);
    Host.tool("umoci", "repack", "--image", image, bundle.toString());

    Path top = work.resolve("top");
    Files.createDirectories(top);
    script(
        top,
        """
        mkdir -p opt/kinds/opaque && touch opt/kinds/opaque/.wh..wh..opq && echo upper > opt/kinds/opaque/upper
        touch opt/kinds/.wh.hard-1
        tar --sort=name -cf ../top.tar .
        """);
    Host.tool("umoci", "raw", "add-layer", "--image", image, work.resolve("top.tar").toString());
    Host.tool("umoci", "config", "--image", image, "--config.cmd", "/bin/bash");
    Host.tool("umoci", "gc", "--layout", draft.toString());
    Files.move(draft, layout);
    Host.deleteTree(work);
    return layout;
  }

  /**
   * An OCI layout with the image {@code busybox}: one static program and its applets, in two
   * layers.
   */
  static Path busybox() throws IOException, InterruptedException {
    Path layout = Host.CACHE.resolve("busybox-layout-1");
    if (Files.exists(layout)) {
      return layout;
    }
    Path work = Host.CACHE.resolve("busybox-work");
    Host.deleteTree(work);
    Path root = work.resolve("root");
    Files.createDirectories(root);
    script(
        root,
        """
        mkdir -p bin etc tmp root && chmod 1777 tmp
        cp /bin/busybox bin/busybox
        for applet in $(/bin/busybox --list); do [ "$applet" = busybox ] || ln -s busybox "bin/$applet"; done
        tar -cf ../first.tar bin tmp root
        printf 'root:x:0:0:root:/root:/bin/sh\\nnobody:x:65534:65534::/:/bin/sh\\n' > etc/passwd
        printf 'root:x:0:\\nnogroup:x:65534:\\nstaff:x:50:nobody\\n' > etc/group
        tar -cf ../second.tar etc
        """);
    Path draft = work.resolve("layout");
    String image = draft + ":busybox";
    Host.tool("umoci", "init", "--layout", draft.toString());
    Host.tool("umoci", "new", "--image", image);
    Host.tool("umoci", "raw", "add-layer", "--image", image, work + "/first.tar");
    Host.tool("umoci", "raw", "add-layer", "--image", image, work + "/second.tar");
    Host.tool(
        "umoci", "config", "--image", image, "--config.cmd", "/bin/sh", "--config.env", "A=b c");
    Host.tool("umoci", "gc", "--layout", draft.toString());
    Files.move(draft, layout);
    Host.deleteTree(work);
    return layout;
  }

  private static void script(Path directory, String text) throws IOException, InterruptedException {
    Path script =
        Files.createTempFile(
            "image",
            ".sh",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try {
      Files.writeString(script, "set -eu\ncd '" + directory + "'\n" + text);
      Host.tool("sh", script.toString());
    } finally {
      Files.delete(script);
    }
  }
}
