package dev.containertui.tui.screen.images;

import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Host;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.overlay.Confirm;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.widget.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pulls that go on, with a bar for each layer. */
public final class Pulls {
  static final Slot<List<Pull>> SLOT = new Slot<>("pulls", List.of());

  private static final int BAR = 24;

  private Pulls() {}

  /** Pulls an image beside everything else. */
  public static Change start(String reference) {
    return state -> {
      Pull pull = new Pull(reference);
      State begun =
          Shell.did(
              state.with(SLOT, pulls -> with(pulls, pull)),
              "container-tui pull " + reference,
              "pull(\"" + reference + "\")");
      return Step.to(begun, new Effect("pull " + reference, host -> run(host, pull)));
    };
  }

  private static void run(Host host, Pull pull) {
    pull.runsOn(Thread.currentThread());
    try {
      var image =
          host.engine()
              .images()
              .pull(
                  pull.reference(),
                  Optional.empty(),
                  event -> {
                    pull.on(event);
                    host.touch();
                  });
      host.post(
          "pulled",
          s ->
              Step.to(
                  Shell.success(
                      s,
                      "pulled " + pull.reference(),
                      Units.bytes(image.sizeBytes()) + ", " + image.platform())));
    } finally {
      host.post("pull ended", s -> Step.to(s.with(SLOT, pulls -> without(pulls, pull))));
    }
  }

  private static List<Pull> with(List<Pull> pulls, Pull pull) {
    List<Pull> more = new ArrayList<>(pulls);
    more.add(pull);
    return List.copyOf(more);
  }

  private static List<Pull> without(List<Pull> pulls, Pull pull) {
    return pulls.stream().filter(p -> p != pull).toList();
  }

  /** Asks, then cancels the pull that was begun last. */
  static Step cancel(State state) {
    List<Pull> pulls = state.get(SLOT);
    if (pulls.isEmpty()) {
      return Step.to(Shell.note(state, "nothing is being pulled", ""));
    }
    Pull last = pulls.getLast();
    return Step.to(
        Confirm.ask(
            state,
            "Cancel pulling " + last.reference() + "?",
            List.of("What has arrived is kept for the next time."),
            s -> Step.to(s, new Effect("cancel", _ -> last.cancel()))));
  }

  /** Rows that they need. */
  static int height(State state) {
    int rows = 0;
    for (Pull pull : state.get(SLOT)) {
      rows += 1 + pull.progress().parts().size();
    }
    return rows;
  }

  /** As many as there is room for; of each pull at least its name. */
  static void draw(Canvas canvas, Rect rect, State state) {
    Theme theme = Theme.of(state);
    canvas.box(rect, "Pulling", theme.style(Look.BORDER), theme.style(Look.TITLE));
    Rect inside = rect.inset(1);
    int y = inside.y();
    for (Pull pull : state.get(SLOT)) {
      Pull.Progress progress = pull.progress();
      if (y >= inside.y() + inside.height()) {
        return;
      }
      int end =
          canvas.text(
              inside.x() + 1,
              y,
              inside.width() - 2,
              Names.shortReference(progress.reference()),
              theme.style(Look.STRONG));
      canvas.text(
          end + 2,
          y++,
          Math.max(0, inside.x() + inside.width() - end - 3),
          progress.phase() + total(progress),
          theme.style(Look.FAINT));
      for (Pull.Part part : progress.parts()) {
        if (y >= inside.y() + inside.height()) {
          return;
        }
        part(canvas, theme, inside, y++, part);
      }
    }
  }

  private static String total(Pull.Progress progress) {
    long done = progress.parts().stream().mapToLong(Pull.Part::doneBytes).sum();
    long total = progress.parts().stream().mapToLong(Pull.Part::totalBytes).sum();
    return total == 0 ? "" : "  " + Units.bytes(done) + " of " + Units.bytes(total);
  }

  private static void part(Canvas canvas, Theme theme, Rect inside, int y, Pull.Part part) {
    int x = inside.x() + 3;
    canvas.text(x, y, 12, part.name(), theme.style(Look.FAINT));
    x += 14;
    int width = Math.clamp(inside.width() - 44, 6, BAR);
    double fraction = part.totalBytes() <= 0 ? 0 : (double) part.doneBytes() / part.totalBytes();
    canvas.text(x, y, width, Units.bar(fraction, width), theme.style(Look.METER));
    x += width + 1;
    canvas.right(x, y, 9, Units.bytes(part.doneBytes()), theme.style(Look.PLAIN));
    canvas.text(
        x + 11,
        y,
        Math.max(0, inside.x() + inside.width() - x - 11),
        part.phase(),
        theme.style(Look.FAINT));
  }
}
