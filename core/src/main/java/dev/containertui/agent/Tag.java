package dev.containertui.agent;

/** Tags of fields, PROTOCOL.md sections 3 and 6 to 8. */
final class Tag {
  static final int VERSION = 1;
  static final int NONCE = 2;
  static final int LEASE = 3;
  static final int ARCH = 4;
  static final int RELEASE = 5;
  static final int CLOCK = 6;
  static final int STAMP = 7;
  static final int PROCESS = 8;
  static final int ERRNO = 9;
  static final int TEXT = 10;
  static final int PID = 11;
  static final int HANDLE = 12;
  static final int SIGNAL = 13;
  static final int COLUMNS = 14;
  static final int ROWS = 15;
  static final int EXIT_CODE = 16;
  static final int CREDIT_IN = 17;
  static final int CREDIT_OUT = 18;
  static final int CREDIT_ERR = 19;
  static final int OFFSET_OUT = 20;
  static final int OFFSET_ERR = 21;
  static final int FROZEN = 22;

  static final int HOSTNAME = 32;
  static final int TIME = 33;
  static final int ENTROPY = 34;
  static final int ROOT_DISK = 35;
  static final int UPPER_DISK = 36;
  static final int ADDRESS = 37;
  static final int GATEWAY = 38;
  static final int NAMESERVER = 39;
  static final int HOST = 41;
  static final int CPU_QUOTA = 43;
  static final int MEMORY_LIMIT = 44;
  static final int MAC = 46;
  static final int JOIN = 47;
  static final int PROGRAM = 48;
  static final int PROGRAM_PATH = 49;

  static final int TARGET = 56;
  static final int DISK = 57;
  static final int READ_ONLY = 58;
  static final int COPY = 59;
  static final int FLAGS = 60;
  static final int OPTIONS = 61;

  static final int ROLE = 64;
  static final int ARGUMENT = 65;
  static final int ENVIRONMENT = 66;
  static final int DIRECTORY = 67;
  static final int USER = 68;
  static final int TERMINAL = 69;
  static final int STDIN = 70;
  static final int RETAIN = 74;

  static final int CPU_USER_MICROS = 96;
  static final int CPU_SYSTEM_MICROS = 97;
  static final int MEMORY_CURRENT = 98;
  static final int MEMORY_MAX = 99;
  static final int PIDS = 100;
  static final int NET_RX_BYTES = 101;
  static final int NET_TX_BYTES = 102;
  static final int BLOCK_READ_BYTES = 103;
  static final int BLOCK_WRITE_BYTES = 104;
  static final int OOM_KILLS = 106;
  static final int PROCESS_INFO = 112;

  private Tag() {}
}
