package dev.containertui.registry;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Reference;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Response;

/**
 * One blob on its way into a file, over as many requests as it takes (RFC 9110, section 14).
 *
 * <p>Every request goes to the registry's own address and is redirected anew: the signed addresses
 * of its storage expire.
 */
final class BlobTransfer {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final long FORGIVING_PROGRESS_BYTES = 1 << 20;
  private static final long SILENCE_BYTES = 4096;
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,19})-[0-9]{1,19}/([0-9]{1,19}|\\*)");

  private final RegistryOptions options;
  private final Reference reference;
  private final Descriptor descriptor;
  private final BlobFile file;
  private final LongConsumer progress;
  private final Retries retries;
  private boolean ranges = true;
  private boolean resumed;

  /** The most bytes that were ever there when something failed. */
  private long furthest;

  /** Sends a request for the blob from a byte on. */
  interface Source {
    Void read(long rangeStart, Http.Reader<Void> reader) throws IOException;
  }

  BlobTransfer(
      RegistryOptions options,
      Reference reference,
      Descriptor descriptor,
      BlobFile file,
      LongConsumer progress) {
    this.options = options;
    this.reference = reference;
    this.descriptor = descriptor;
    this.file = file;
    this.progress = progress;
    retries = new Retries(options, reference, true);
    resumed = file.size() > 0;
    furthest = file.size();
  }

  void run(Source source) {
    while (true) {
      fill(source);
      if (file.isSound()) {
        return;
      }
      if (!resumed) {
        file.discard();
        throw corrupt("has another digest than the manifest says");
      }
      // Perhaps only what an earlier transfer left behind is bad. It gets one fresh start.
      file.restart();
      resumed = false;
      ranges = false;
    }
  }

  private void fill(Source source) {
    while (file.size() < descriptor.sizeBytes()) {
      if (!ranges && file.size() > 0) {
        file.restart();
      }
      long before = file.size();
      try {
        source.read(before, response -> receive(response, before));
      } catch (IOException e) {
        // The same bytes once more, after a fresh start, bring the end no nearer.
        if (file.size() - furthest >= FORGIVING_PROGRESS_BYTES) {
          furthest = file.size();
          retries.progressed();
        }
        retries.failed(e);
      }
    }
  }

  private Void receive(Response response, long start) throws IOException {
    switch (response.code()) {
      case 200 -> {
        if (start > 0) {
          file.restart(); // It knows no ranges and sends everything.
        }
      }
      case 206 -> {
        if (start == 0 || !continues(response.header("Content-Range", ""), start)) {
          ranges = false;
          throw new IOException("it continues at another place than it was asked to");
        }
      }
      case 416 -> {
        ranges = false;
        throw new IOException("it does not know the range " + start + "-");
      }
      default ->
          throw RegistryErrors.of(response, reference, label() + " is missing in the registry");
    }
    long announced = response.body().contentLength();
    if (announced >= 0 && announced != descriptor.sizeBytes() - file.size()) {
      throw corrupt(
          "should have %d bytes, but the registry sends %d"
              .formatted(descriptor.sizeBytes(), file.size() + announced));
    }
    copy(response.body().byteStream());
    return null;
  }

  private boolean continues(String contentRange, long start) {
    Matcher range = CONTENT_RANGE.matcher(contentRange);
    return range.matches()
        && range.group(1).equals(Long.toString(start))
        && (range.group(2).equals("*")
            || range.group(2).equals(Long.toString(descriptor.sizeBytes())));
  }

  private void copy(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long windowEnd = System.nanoTime() + window().toNanos();
    long windowBytes = 0;
    int n;
    while ((n = in.read(buffer)) >= 0) {
      if (n > descriptor.sizeBytes() - file.size()) {
        file.discard();
        throw corrupt(
            "is longer than the %d bytes it should have".formatted(descriptor.sizeBytes()));
      }
      file.append(buffer, n);
      progress.accept(file.size());
      windowBytes += n;
      if (System.nanoTime() - windowEnd > 0) {
        if (windowBytes < SILENCE_BYTES && file.size() < descriptor.sizeBytes()) {
          throw new SocketTimeoutException("it sends next to nothing");
        }
        windowEnd = System.nanoTime() + window().toNanos();
        windowBytes = 0;
      }
    }
    if (file.size() < descriptor.sizeBytes()) {
      throw new RegistryErrors.TryLater(
          corrupt("ends after %d of %d bytes".formatted(file.size(), descriptor.sizeBytes())),
          java.util.Optional.empty());
    }
  }

  private Duration window() {
    return options.readTimeout();
  }

  private String label() {
    return "layer "
        + descriptor.digest().hex().substring(0, 12)
        + " of "
        + RegistryErrors.name(reference);
  }

  private EngineException corrupt(String how) {
    return new EngineException(
        Kind.CORRUPT,
        label() + " " + how,
        "the registry's copy is damaged, or a proxy in between changes it");
  }
}
