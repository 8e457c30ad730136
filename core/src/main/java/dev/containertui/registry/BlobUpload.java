package dev.containertui.registry;

import dev.containertui.error.DiskErrors;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Reference;
import dev.containertui.registry.Authorizer.Access;
import dev.containertui.registry.RegistryErrors.TryLater;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;

/**
 * One blob on its way to a registry (distribution-spec 1.1, "pushing blobs"): asked for with HEAD,
 * mounted from another repository if that can be, else sent in one piece (POST, then PUT). What
 * breaks off begins anew, with a new upload: addresses of uploads expire.
 */
final class BlobUpload {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final MediaType BYTES = MediaType.get("application/octet-stream");

  private final RegistryClient client;
  private final Reference reference;
  private final Descriptor descriptor;
  private final Path source;
  private final LongConsumer progress;

  BlobUpload(
      RegistryClient client,
      Reference reference,
      Descriptor descriptor,
      Path source,
      LongConsumer progress) {
    this.client = client;
    this.reference = reference;
    this.descriptor = descriptor;
    this.source = source;
    this.progress = progress;
  }

  /** Whether bytes had to be sent. */
  boolean run(Optional<String> mountFrom) {
    Retries retries = new Retries(client.options(), reference, true);
    Optional<String> mount = mountFrom;
    while (true) {
      try {
        // After a failure too: only the answer to what was sent may have been lost.
        if (isThere()) {
          return false;
        }
        Optional<HttpUrl> address = begin(mount);
        if (address.isEmpty()) {
          return false;
        }
        send(address.get());
        return true;
      } catch (IOException e) {
        retries.failed(e);
      } catch (EngineException e) {
        if (mount.isEmpty() || e.kind() != Kind.UNAUTHORIZED) {
          throw e;
        }
        mount = Optional.empty(); // It may be only the other repository that is closed to us.
      }
    }
  }

  private boolean isThere() throws IOException {
    HttpUrl url = Endpoint.of(reference, "blobs", descriptor.digest().toString());
    return client.authorized(
        reference,
        Access.PUSH,
        header -> Http.Ask.head(url, header),
        response ->
            switch (response.code()) {
              case 200 -> true;
              case 404 -> false;
              default -> throw RegistryErrors.of(response, reference, "");
            });
  }

  /** Where to send the blob to; nowhere if the registry could mount it. */
  private Optional<HttpUrl> begin(Optional<String> mountFrom) throws IOException {
    HttpUrl.Builder url = Endpoint.uploads(reference).newBuilder();
    mountFrom.ifPresent(
        repository ->
            url.addQueryParameter("mount", descriptor.digest().toString())
                .addQueryParameter("from", repository));
    return client.authorized(
        reference,
        Access.PUSH,
        header ->
            Http.Ask.change("POST", url.build(), header, RequestBody.create(new byte[0], null)),
        response ->
            switch (response.code()) {
              case 201 -> Optional.empty();
              case 202 -> Optional.of(location(response));
              default ->
                  throw RegistryErrors.of(
                      response, reference, RegistryClient.refusal(reference, "takes no layers"));
            });
  }

  /** Relative or absolute; never from TLS to plain text. */
  private HttpUrl location(Response response) {
    HttpUrl from = response.request().url();
    String text = response.header("Location", "");
    HttpUrl to = text.isEmpty() ? null : from.resolve(text);
    if (to == null || !Endpoint.mayLead(from, to)) {
      throw new EngineException(
          Kind.UNAVAILABLE,
          "registry %s says no address that a layer of %s can be sent to"
              .formatted(reference.registry(), RegistryErrors.name(reference)),
          "this is the registry's fault, not yours");
    }
    return to;
  }

  private void send(HttpUrl address) throws IOException {
    HttpUrl url =
        address.newBuilder().setQueryParameter("digest", descriptor.digest().toString()).build();
    boolean here = Endpoint.sameOrigin(address, Endpoint.base(reference));
    client.authorized(
        reference,
        Access.PUSH,
        header -> Http.Ask.upload(url, header.filter(_ -> here), new Body()),
        response -> {
          switch (response.code()) {
            case 201, 204 -> RegistryClient.requireSame(response, reference, descriptor.digest());
            case 404, 416 -> throw new TryLater(lost(), Optional.empty());
            default -> throw RegistryErrors.of(response, reference, "");
          }
          return null;
        });
  }

  private EngineException lost() {
    return new EngineException(
        Kind.UNAVAILABLE,
        RegistryClient.refusal(reference, "loses the upload of a layer"),
        "try again later, or ask who runs it");
  }

  /** The file's bytes, as often as they are wanted. */
  private final class Body extends RequestBody {
    @Override
    public MediaType contentType() {
      return BYTES;
    }

    @Override
    public long contentLength() {
      return descriptor.sizeBytes();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      byte[] buffer = new byte[BUFFER_BYTES];
      long sent = 0;
      try (InputStream in = open()) {
        while (sent < descriptor.sizeBytes()) {
          int count = read(in, buffer, descriptor.sizeBytes() - sent);
          sink.write(buffer, 0, count);
          sent += count;
          progress.accept(sent);
        }
      }
    }

    private InputStream open() {
      try {
        return Files.newInputStream(source);
      } catch (IOException e) {
        throw unreadable(e);
      }
    }

    /** The disk's errors must not look like the network's. */
    private int read(InputStream in, byte[] buffer, long wanted) {
      try {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, wanted));
        if (count < 0) {
          throw new EngineException(
              Kind.CORRUPT,
              "the image store holds only a part of " + descriptor.digest(),
              "pull the image again");
        }
        return count;
      } catch (IOException e) {
        throw unreadable(e);
      }
    }

    private EngineException unreadable(IOException e) {
      return DiskErrors.of("cannot read a layer of " + RegistryErrors.name(reference), source, e);
    }
  }
}
