package dev.containertui.tui.screen.containers;

/** What can be seen of the selected container. */
enum Tab {
  LOGS("Logs"),
  STATS("Stats"),
  INSPECT("Inspect"),
  FILES("Files"),
  BOOT("Boot"),
  PROCESSES("Processes");

  private final String title;

  Tab(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  Tab next(int step) {
    return values()[Math.floorMod(ordinal() + step, values().length)];
  }
}
