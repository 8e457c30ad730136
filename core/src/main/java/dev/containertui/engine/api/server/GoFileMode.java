package dev.containertui.engine.api.server;

import dev.containertui.container.FileStat;

/** File modes as Go's io/fs has them: permissions in the lowest bits, kinds in the highest. */
final class GoFileMode {
  private static final long DIRECTORY = 1L << 31;
  private static final long SYMBOLIC_LINK = 1L << 27;
  private static final long DEVICE = 1L << 26;
  private static final long NAMED_PIPE = 1L << 25;
  private static final long SOCKET = 1L << 24;
  private static final long SET_USER_ID = 1L << 23;
  private static final long SET_GROUP_ID = 1L << 22;
  private static final long CHARACTER_DEVICE = 1L << 21;
  private static final long STICKY = 1L << 20;

  private GoFileMode() {}

  static long of(FileStat stat) {
    int bits = stat.permissions();
    return (bits & 0777)
        | ((bits & 04000) != 0 ? SET_USER_ID : 0)
        | ((bits & 02000) != 0 ? SET_GROUP_ID : 0)
        | ((bits & 01000) != 0 ? STICKY : 0)
        | switch (stat.kind()) {
          case FILE -> 0;
          case DIRECTORY -> DIRECTORY;
          case SYMBOLIC_LINK -> SYMBOLIC_LINK;
          case CHARACTER_DEVICE -> DEVICE | CHARACTER_DEVICE;
          case BLOCK_DEVICE -> DEVICE;
          case FIFO -> NAMED_PIPE;
          case SOCKET -> SOCKET;
        };
  }
}
