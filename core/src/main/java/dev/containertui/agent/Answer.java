package dev.containertui.agent;

/** The guest's answer to a request. */
sealed interface Answer {
  /** It was done. */
  record Done(byte[] payload) implements Answer {
    Fields fields() throws ProtocolViolation {
      return Fields.parse(payload);
    }
  }

  /**
   * It could not be done.
   *
   * @param errno Linux error number
   */
  record Refused(int errno, String text) implements Answer {
    private static final int MAX_ERRNO = 4095;
    private static final int MAX_TEXT = 1024;

    static Refused of(Fields fields) throws ProtocolViolation {
      String text = fields.string(Tag.TEXT);
      if (text.length() > MAX_TEXT) {
        throw new ProtocolViolation("an error text of " + text.length() + " characters");
      }
      return new Refused(fields.u32(Tag.ERRNO, 1, MAX_ERRNO), text);
    }
  }
}
