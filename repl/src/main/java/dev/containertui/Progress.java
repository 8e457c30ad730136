package dev.containertui;

/** Where long steps say how far they are. Called from any thread. */
public interface Progress {
  /** Says nothing. */
  Progress NONE =
      new Progress() {
        @Override
        public void status(String line) {}

        @Override
        public void done() {}
      };

  /** Replaces the status that was shown before; one line. */
  void status(String line);

  /** Takes the status away. */
  void done();
}
