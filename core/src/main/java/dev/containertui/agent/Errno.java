package dev.containertui.agent;

/** Linux error numbers that mean something here; the same on x86-64 and aarch64. */
final class Errno {
  static final int ENOENT = 2;
  static final int ESRCH = 3;
  static final int ENOEXEC = 8;
  static final int EAGAIN = 11;
  static final int ENOMEM = 12;
  static final int EACCES = 13;
  static final int EBUSY = 16;
  static final int ENODEV = 19;
  static final int ENOTDIR = 20;
  static final int EINVAL = 22;
  static final int ENOSPC = 28;
  static final int ENAMETOOLONG = 36;
  static final int ELOOP = 40;
  static final int ETIMEDOUT = 110;
  static final int EALREADY = 114;

  private Errno() {}
}
