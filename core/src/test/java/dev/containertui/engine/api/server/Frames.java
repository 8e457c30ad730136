package dev.containertui.engine.api.server;

import dev.containertui.engine.api.StreamFrame;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/** Multiplexed output. */
final class Frames {
  private Frames() {}

  /** All frames as {@code stream:text}, one after the other. */
  static String frames(byte[] bytes) throws IOException {
    StringBuilder text = new StringBuilder();
    ByteArrayInputStream source = new ByteArrayInputStream(bytes);
    for (Optional<StreamFrame> frame = StreamFrame.read(source);
        frame.isPresent();
        frame = StreamFrame.read(source)) {
      text.append(frame.get().stream()).append(':').append(new String(frame.get().bytes()));
    }
    return text.toString();
  }

  /** The next one that a client gets. */
  static StreamFrame frame(RawClient client) throws IOException {
    byte[] header = client.read(8);
    return new StreamFrame(header[0], client.read((header[6] & 0xff) << 8 | header[7] & 0xff));
  }
}
