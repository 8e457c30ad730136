package dev.containertui.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Whether a file descriptor of this process is a terminal, without native code or a subprocess. */
final class TerminalCheck {
  private TerminalCheck() {}

  static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      try {
        return isTerminalDevice((Integer) Files.getAttribute(link, "unix:mode"), deviceOf(link));
      } catch (IOException | UnsupportedOperationException e) {
        return false;
      }
    }
    return System.console() != null;
  }

  private static long deviceOf(Path link) throws IOException {
    return (Long) Files.getAttribute(link, "unix:rdev");
  }

  /**
   * Linux gives terminals fixed major numbers (Documentation/admin-guide/devices.txt): 4 consoles
   * and serial lines, 5 the controlling terminal, 136–143 pseudo terminals, 166 and 188 USB, 204
   * and 229 serial and hypervisor consoles.
   */
  private static boolean isTerminalDevice(int mode, long device) {
    boolean characterDevice = (mode & 0170000) == 0020000;
    int major = (int) ((device >> 8) & 0xfff);
    return characterDevice
        && switch (major) {
          case 4, 166, 188, 204, 229 -> true;
          case 5 -> (device & 0xff) != 2; // 5:2 is ptmx, the master side
          default -> major >= 136 && major <= 143;
        };
  }
}
