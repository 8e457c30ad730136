package dev.containertui.agent;

/** The types of frames, PROTOCOL.md section 3. */
enum MessageType {
  HELLO(1),
  HELLO_OK(2),
  OK(3),
  ERROR(4),
  SETUP(5),
  SPAWN(6),
  SIGNAL(7),
  RESIZE(8),
  STATS(9),
  PROCESSES(10),
  SHUTDOWN(11),
  EXITED(12),
  DATA_IN(13),
  DATA_OUT(14),
  DATA_ERR(15),
  EOF_IN(16),
  EOF_OUT(17),
  EOF_ERR(18),
  CREDIT(19),
  RELEASE(20),
  PING(21),
  ATTACH(22),
  PREPARE(23),
  FREEZE(24),
  LIMITS(25),
  FREEZE_DISK(26),
  MOUNT(27);

  private static final MessageType[] BY_CODE = new MessageType[28];

  static {
    for (MessageType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;

  MessageType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** The type with this code, 0–255. */
  static MessageType of(int code) throws ProtocolViolation {
    if (code >= BY_CODE.length || BY_CODE[code] == null) {
      throw new ProtocolViolation("a message of unknown type " + code);
    }
    return BY_CODE[code];
  }
}
