package dev.containertui.registry;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import dev.containertui.oci.ImageConfig;
import dev.containertui.oci.Manifest;
import dev.containertui.oci.MediaTypes;
import dev.containertui.oci.Platform;
import dev.containertui.oci.Printable;
import dev.containertui.oci.Reference;
import dev.containertui.registry.Authorizer.Access;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Fetches manifests and blobs from registries, and sends them there (OCI distribution-spec 1.1,
 * "pull" and "push").
 *
 * <p>Nothing is returned that has not the digest and the size that were asked for. Every wait has a
 * deadline ({@link RegistryOptions}); interrupting the calling thread closes the connection and
 * ends in an {@link EngineException} of kind CANCELLED. A client may be used by many threads.
 */
public final class RegistryClient implements AutoCloseable {
  private static final int MAX_ROUNDS = 3;

  private final RegistryOptions options;
  private final Http http;
  private final Authorizer authorizer;

  public RegistryClient(RegistryOptions options) {
    this(
        options, new OkHttpClient.Builder().proxySelector(new EnvironmentProxies(System.getenv())));
  }

  /** A client with name service, trust and proxies of its own. */
  RegistryClient(RegistryOptions options, OkHttpClient.Builder network) {
    this.options = options;
    http = new Http(options, network);
    authorizer = new Authorizer(options.logins(), new TokenService(http));
  }

  private RegistryClient(RegistryOptions options, Http http) {
    this.options = options;
    this.http = http;
    authorizer = new Authorizer(options.logins(), new TokenService(http));
  }

  /**
   * A client that shows one registry this login, and is like this one else. It shares connections
   * with this client and need not be closed; its tokens are its own.
   */
  public RegistryClient withLogin(String registry, Login login) {
    Logins others = options.logins();
    return new RegistryClient(
        options.withLogins(
            asked -> asked.equals(registry) ? Optional.of(login) : others.find(asked)),
        http);
  }

  /** A client with {@link RegistryOptions#defaults()}. */
  public static RegistryClient create() {
    return new RegistryClient(RegistryOptions.defaults());
  }

  /**
   * Fetches what a reference names: a manifest or an index.
   *
   * @throws EngineException NOT_FOUND, UNAUTHORIZED, UNAVAILABLE, TIMEOUT, CORRUPT, CANCELLED;
   *     INVALID if it is no image
   */
  public FetchedManifest manifest(Reference reference) {
    return manifest(reference, Optional.empty());
  }

  /** Fetches a manifest of the same repository that an index points at. */
  public FetchedManifest manifest(Reference reference, Descriptor descriptor) {
    return manifest(reference.withDigest(descriptor.digest()), Optional.of(descriptor));
  }

  private FetchedManifest manifest(Reference reference, Optional<Descriptor> expected) {
    HttpUrl url = Endpoint.of(reference, "manifests", reference.tagOrDigest());
    String accept = String.join(", ", MediaTypes.MANIFEST_ACCEPT);
    return retrying(
        reference,
        expected.isPresent(),
        () ->
            authorized(
                reference,
                Access.PULL,
                header -> Http.Ask.document(url, header, accept),
                response -> ManifestResponse.read(response, reference, expected)));
  }

  /**
   * Fetches a small blob into memory.
   *
   * @param what what the blob is, for error messages
   * @throws EngineException also CORRUPT if it is larger than {@code maxBytes}
   */
  public byte[] blob(Reference reference, Descriptor descriptor, int maxBytes, String what) {
    if (descriptor.sizeBytes() > maxBytes) {
      throw new EngineException(
          Kind.CORRUPT, what + " has " + descriptor.sizeBytes() + " bytes; that is too large");
    }
    HttpUrl url = Endpoint.of(reference, "blobs", descriptor.digest().toString());
    return retrying(
        reference,
        true,
        () ->
            authorized(
                reference,
                Access.PULL,
                header -> Http.Ask.document(url, header, ""),
                response -> {
                  if (response.code() != 200) {
                    throw RegistryErrors.of(
                        response, reference, what + " is missing in the registry");
                  }
                  int size = (int) descriptor.sizeBytes();
                  byte[] bytes = response.body().byteStream().readNBytes(size + 1);
                  if (bytes.length != size || !descriptor.digest().matches(bytes)) {
                    throw new EngineException(
                        Kind.CORRUPT, what + " is not what its digest and size say");
                  }
                  return bytes;
                }));
  }

  /**
   * The platform that an image says it is for.
   *
   * @throws EngineException as {@link #manifest}
   */
  public Platform platform(Reference reference, Manifest manifest) {
    String what = "the configuration of " + RegistryErrors.name(reference);
    if (!MediaTypes.isImageConfig(manifest.config().mediaType())) {
      throw new EngineException(
          Kind.INVALID,
          RegistryErrors.name(reference)
              + " is not a container image but "
              + Printable.of(manifest.artifactType().orElse(manifest.config().mediaType())));
    }
    byte[] config = blob(reference, manifest.config(), ImageConfig.MAX_BYTES, what);
    return ImageConfig.parse(config, what).platform();
  }

  /**
   * Fetches a blob into a file. Bytes that are in the file already are kept and not fetched again;
   * if the transfer fails, what has arrived stays for the next time. Afterwards the file holds
   * exactly the blob, verified but not yet forced to the disk.
   *
   * @param partial on a disk with enough space; made if it does not exist
   * @param progress called with the number of bytes that are there, now and then, from another
   *     thread
   */
  public void download(
      Reference reference, Descriptor descriptor, Path partial, LongConsumer progress) {
    HttpUrl url = Endpoint.of(reference, "blobs", descriptor.digest().toString());
    try (BlobFile file = BlobFile.open(partial, descriptor, RegistryErrors.name(reference))) {
      new BlobTransfer(options, reference, descriptor, file, progress)
          .run(
              (rangeStart, reader) ->
                  authorized(
                      reference,
                      Access.PULL,
                      header -> Http.Ask.blob(url, header, rangeStart),
                      reader));
    }
  }

  /**
   * Sends a blob to a repository, unless it is there.
   *
   * @param source file with exactly the blob
   * @param mountFrom a repository of the same registry that may have it
   * @param progress called with the number of bytes that have been sent, now and then, from another
   *     thread; begins anew if a transfer does
   * @return whether bytes had to be sent
   * @throws EngineException UNAUTHORIZED, UNAVAILABLE, TIMEOUT, CANCELLED; CORRUPT if the registry
   *     has got something else than was sent
   */
  public boolean upload(
      Reference reference,
      Descriptor descriptor,
      Path source,
      Optional<String> mountFrom,
      LongConsumer progress) {
    return new BlobUpload(this, reference, descriptor, source, progress).run(mountFrom);
  }

  /**
   * Stores a manifest or an index under the reference's tag or digest.
   *
   * @throws EngineException as {@link #upload}
   */
  public void putManifest(Reference reference, Digest digest, String mediaType, byte[] bytes) {
    HttpUrl url = Endpoint.of(reference, "manifests", reference.tagOrDigest());
    RequestBody body = RequestBody.create(bytes, MediaType.get(mediaType));
    retrying(
        reference,
        true,
        () ->
            authorized(
                reference,
                Access.PUSH,
                header -> Http.Ask.change("PUT", url, header, body),
                response -> {
                  if (response.code() != 201 && response.code() != 200) {
                    throw RegistryErrors.of(
                        response, reference, refusal(reference, "does not take the manifest"));
                  }
                  requireSame(response, reference, digest);
                  return null;
                }));
  }

  static String refusal(Reference reference, String what) {
    return "registry "
        + reference.registry()
        + " "
        + what
        + " of "
        + RegistryErrors.name(reference);
  }

  /** The registry may say what it has got; then it must be what was sent. */
  static void requireSame(Response response, Reference reference, Digest sent) {
    String claimed = response.header("Docker-Content-Digest", "").strip();
    if (!claimed.isEmpty() && !claimed.equals(sent.toString())) {
      throw new EngineException(
          Kind.CORRUPT,
          "registry %s says that it has got %s, but was sent %s"
              .formatted(reference.registry(), Printable.of(claimed), sent),
          "the registry is broken, or a proxy in between changes what is sent");
    }
  }

  /**
   * Asks a registry whether it lets this client's login in ({@code GET /v2/}).
   *
   * @param registry as references name it
   * @throws EngineException UNAUTHORIZED, UNAVAILABLE, TIMEOUT, CANCELLED
   */
  public void authenticate(String registry) {
    Reference any = new Reference(registry, "library/any", Optional.empty(), Optional.empty());
    HttpUrl url = Endpoint.base(any);
    retrying(
        any,
        false,
        () -> {
          try {
            return authorized(
                any,
                Access.NONE,
                header -> Http.Ask.document(url, header, ""),
                response -> {
                  if (response.code() != 200) {
                    throw RegistryErrors.of(
                        response, any, registry + " is no registry: it has no /v2/");
                  }
                  return null;
                });
          } catch (EngineException e) {
            throw e.kind() == Kind.UNAUTHORIZED ? refusedLogin(registry, e) : e;
          }
        });
  }

  private static EngineException refusedLogin(String registry, EngineException e) {
    return new EngineException(
        Kind.UNAUTHORIZED,
        "registry " + registry + " does not accept this login",
        "check user name and password",
        e);
  }

  /** Makes a request for a value of the Authorization header. */
  interface AskWith {
    Http.Ask header(Optional<String> authorization);
  }

  private interface Attempt<T> {
    T run() throws IOException;
  }

  RegistryOptions options() {
    return options;
  }

  private <T> T retrying(Reference reference, boolean metBefore, Attempt<T> attempt) {
    Retries retries = new Retries(options, reference, metBefore);
    while (true) {
      try {
        return attempt.run();
      } catch (IOException e) {
        retries.failed(e);
      }
    }
  }

  /** Sends a request, and answers the registry's challenges a bounded number of times. */
  <T> T authorized(Reference reference, Access access, AskWith ask, Http.Reader<T> reader)
      throws IOException {
    for (int round = 1; ; round++) {
      Optional<String> sent = authorizer.header(reference, access);
      Http.Ask request = ask.header(sent);
      Answer<T> answer =
          http.send(
              request,
              response ->
                  response.code() == 401
                          && Endpoint.sameOrigin(response.request().url(), request.url())
                      ? new Answer.Challenged<T>(
                          Challenge.parse(response.headers("WWW-Authenticate")),
                          RegistryErrors.said(response))
                      : new Answer.Read<T>(reader.read(response)));
      switch (answer) {
        case Answer.Read<T>(T value) -> {
          return value;
        }
        case Answer.Challenged<T>(List<Challenge> challenges, String said) -> {
          if (round == MAX_ROUNDS || !authorizer.answer(reference, access, challenges, sent)) {
            throw RegistryErrors.denied(reference, authorizer.hasLogin(reference), said);
          }
        }
      }
    }
  }

  private sealed interface Answer<T> {
    record Read<T>(T value) implements Answer<T> {}

    record Challenged<T>(List<Challenge> challenges, String said) implements Answer<T> {}
  }

  /** Closes idle connections. */
  @Override
  public void close() {
    http.close();
  }
}
