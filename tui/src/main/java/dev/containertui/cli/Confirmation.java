package dev.containertui.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Asks before something is removed that nobody named. */
final class Confirmation {
  private static final int MAX_ANSWER = 100;

  private Confirmation() {}

  /**
   * @throws CommandFailure unless the answer is yes
   */
  static void require(CliContext context, String warning, String what) {
    context.io().err().print("WARNING! " + warning + "\nAre you sure you want to continue? [y/N] ");
    context.io().err().flush();
    String answer = line(context.io().in()).strip();
    if (!answer.equalsIgnoreCase("y") && !answer.equalsIgnoreCase("yes")) {
      if (answer.isEmpty()) {
        context.io().err().println();
      }
      throw new CommandFailure(ExitCodes.FAILURE, what + " has been cancelled", "");
    }
  }

  private static String line(InputStream in) {
    StringBuilder line = new StringBuilder();
    byte[] one = new byte[1];
    try {
      while (line.length() < MAX_ANSWER && in.read(one) == 1 && one[0] != '\n') {
        line.append(new String(one, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      return "";
    }
    return line.toString();
  }
}
