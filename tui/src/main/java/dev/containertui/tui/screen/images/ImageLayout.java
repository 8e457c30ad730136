package dev.containertui.tui.screen.images;

import dev.containertui.tui.draw.Rect;

/**
 * Which part of the screen is whose. A tall or wide terminal shows all at once; a small one what
 * has the keyboard.
 */
record ImageLayout(Rect list, Rect layers, Rect files, Rect pulls) {
  private static final Rect NONE = new Rect(0, 0, 0, 0);

  /** From this width on, layers and files stand beside the list. */
  private static final int WIDE = 150;

  private static final int TALL = 30;
  private static final int MEDIUM = 18;

  static ImageLayout of(Rect area, ImagesScreen.Focus focus, int pullRows) {
    int pulls = pullRows == 0 ? 0 : Math.min(pullRows + 2, Math.max(3, area.height() / 3));
    Rect pullRect =
        pulls == 0
            ? NONE
            : new Rect(area.x(), area.y() + area.height() - pulls, area.width(), pulls);
    Rect rest = new Rect(area.x(), area.y(), area.width(), area.height() - pulls);
    if (rest.width() >= WIDE && rest.height() >= MEDIUM) {
      int left = rest.width() / 2;
      int top = Math.max(6, rest.height() * 2 / 5);
      return new ImageLayout(
          new Rect(rest.x(), rest.y(), left, rest.height()),
          new Rect(rest.x() + left, rest.y(), rest.width() - left, top),
          new Rect(rest.x() + left, rest.y() + top, rest.width() - left, rest.height() - top),
          pullRect);
    } else if (rest.height() >= TALL) {
      int list = rest.height() * 2 / 5;
      int layers = Math.max(6, (rest.height() - list) * 2 / 5);
      return new ImageLayout(
          new Rect(rest.x(), rest.y(), rest.width(), list),
          new Rect(rest.x(), rest.y() + list, rest.width(), layers),
          new Rect(rest.x(), rest.y() + list + layers, rest.width(), rest.height() - list - layers),
          pullRect);
    } else if (rest.height() >= MEDIUM) {
      int top = rest.height() / 2;
      Rect upper = new Rect(rest.x(), rest.y(), rest.width(), top);
      Rect lower = new Rect(rest.x(), rest.y() + top, rest.width(), rest.height() - top);
      return focus == ImagesScreen.Focus.FILES
          ? new ImageLayout(NONE, upper, lower, pullRect)
          : new ImageLayout(upper, lower, NONE, pullRect);
    }
    return switch (focus) {
      case LIST -> new ImageLayout(rest, NONE, NONE, pullRect);
      case LAYERS -> new ImageLayout(NONE, rest, NONE, pullRect);
      case FILES -> new ImageLayout(NONE, NONE, rest, pullRect);
    };
  }
}
