package dev.containertui.network;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.Locale;

/** The protocols whose ports can be published. */
public enum Transport {
  TCP,
  UDP;

  /** {@code tcp}, {@code udp}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @param text in any case
   * @throws EngineException INVALID
   */
  public static Transport parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "tcp" -> TCP;
      case "udp" -> UDP;
      case "sctp" ->
          throw new EngineException(
              Kind.INVALID,
              "SCTP ports cannot be published: a machine's network has TCP and UDP",
              "write PORT, PORT/tcp or PORT/udp");
      default ->
          throw new EngineException(
              Kind.INVALID,
              "not a protocol: '" + PortGrammar.shown(text) + "'",
              "write PORT, PORT/tcp or PORT/udp");
    };
  }
}
