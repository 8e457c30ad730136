package dev.containertui.container;

import dev.containertui.agent.AgentConnection;
import dev.containertui.agent.GuestProcessHandle;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.error.ForeignText;
import dev.containertui.files.ArchiveUnpacking;
import dev.containertui.rootfs.LayerException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Has the guest unpack an archive, in the container's root, where names mean what they mean. */
final class GuestUnpack {
  private static final Duration START_DEADLINE = Duration.ofSeconds(30);
  private static final int MAX_REASON_BYTES = 2048;

  /** What the tool says if it was told of no end, because the archive broke off. */
  private static final String ENDS_EARLY = "the stream ends early";

  /** How the guest's tool says what went wrong: strerror(3). */
  private static final Map<String, Kind> REASONS =
      Map.of(
          "No such file or directory", Kind.NOT_FOUND,
          "No space left on device", Kind.EXHAUSTED,
          "Disk quota exceeded", Kind.EXHAUSTED);

  private final String directory;
  private final InputStream archive;
  private final boolean noOverwrite;

  GuestUnpack(String directory, InputStream archive, boolean noOverwrite) {
    this.directory = directory.startsWith("/") ? directory : "/" + directory;
    this.archive = archive;
    this.noOverwrite = noOverwrite;
  }

  void run(AgentConnection agent) {
    GuestProcessHandle tool = agent.unpack(directory, noOverwrite, START_DEADLINE);
    String broken = "";
    EngineException cause = null;
    try (var input = tool.stdin()) {
      ArchiveUnpacking.feed(archive, input);
    } catch (LayerException e) {
      broken = e.getMessage();
    } catch (InterruptedIOException e) {
      throw cancelled(e);
    } catch (IOException e) {
      // Either it says why it takes no more, or the archive did not come.
      cause =
          new EngineException(Kind.UNAVAILABLE, "cannot copy the archive: " + e.getMessage(), e);
    }
    String reason = reason(tool);
    if (!broken.isEmpty()) {
      throw new EngineException(Kind.INVALID, "the archive is broken: " + broken);
    } else if (cause != null && (reason.isEmpty() || reason.endsWith(ENDS_EARLY))) {
      throw cause;
    } else if (!reason.isEmpty()) {
      throw new EngineException(kind(reason), reason);
    }
  }

  /** What the tool says went wrong; empty if nothing did. */
  private static String reason(GuestProcessHandle tool) {
    try (InputStream errors = tool.stderr()) {
      String text = new String(errors.readNBytes(MAX_REASON_BYTES), StandardCharsets.UTF_8);
      int code = tool.awaitExit().code();
      String line = ForeignText.clean(text.strip());
      return code == 0 ? "" : line.isEmpty() ? "unpacking ended with code " + code : line;
    } catch (InterruptedException | InterruptedIOException e) {
      throw cancelled(e);
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, "the guest was lost while it unpacked: " + e.getMessage(), e);
    }
  }

  private static Kind kind(String reason) {
    return REASONS.entrySet().stream()
        .filter(known -> reason.endsWith(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(Kind.INVALID);
  }

  private static EngineException cancelled(Exception e) {
    Thread.currentThread().interrupt();
    return new EngineException(Kind.CANCELLED, "copying into the container was cancelled", e);
  }
}
