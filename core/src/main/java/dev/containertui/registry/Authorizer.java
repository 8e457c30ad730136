package dev.containertui.registry;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Reference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Credentials;

/**
 * Knows what to put into the Authorization header for a repository. One answer per repository is
 * shared by all its requests, so that a pull of many layers asks for one token, not for one each.
 */
final class Authorizer {
  private final Logins logins;
  private final TokenService tokens;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  /** What is to be done in a repository. */
  enum Access {
    PULL,
    PUSH,
    /** Nothing: only the login is to be checked. */
    NONE
  }

  private static final class Entry {
    final ReentrantLock lock = new ReentrantLock();
    volatile Optional<String> basic = Optional.empty();
    volatile TokenService.Token token;
  }

  Authorizer(Logins logins, TokenService tokens) {
    this.logins = logins;
    this.tokens = tokens;
  }

  /** The header's value, if it is known that one is needed. */
  Optional<String> header(Reference reference, Access access) {
    Entry entry = entry(reference, access);
    TokenService.Token token = entry.token;
    if (token != null && token.isFresh()) {
      return Optional.of("Bearer " + token.value());
    }
    return entry.basic;
  }

  /**
   * Finds another answer after a 401.
   *
   * @param refused the header's value that was sent in vain
   * @return false if there is none
   * @throws IOException if the token service failed in passing
   */
  boolean answer(
      Reference reference, Access access, List<Challenge> challenges, Optional<String> refused)
      throws IOException {
    Entry entry = entry(reference, access);
    lock(entry, reference);
    try {
      Optional<String> known = header(reference, access);
      if (known.isPresent() && !known.equals(refused)) {
        return true; // Another request was refused at the same time and has got an answer already.
      }
      Optional<Challenge> bearer = find(challenges, "bearer");
      if (bearer.isPresent()) {
        entry.token = null;
        entry.token =
            tokens.fetch(bearer.get(), reference, access, logins.find(reference.registry()));
        return true;
      }
      if (find(challenges, "basic").isPresent()
          && refused.isEmpty()
          && logins.find(reference.registry()).orElse(null) instanceof Login.Password login
          && Endpoint.isPrivate(Endpoint.of(reference, "manifests", "x"))) {
        entry.basic =
            Optional.of(Credentials.basic(login.user(), login.password(), StandardCharsets.UTF_8));
        return true;
      }
      return false;
    } finally {
      entry.lock.unlock();
    }
  }

  private static void lock(Entry entry, Reference reference) {
    try {
      entry.lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(
          Kind.CANCELLED, "interrupted while waiting for " + reference.registry(), e);
    }
  }

  boolean hasLogin(Reference reference) {
    return logins.find(reference.registry()).isPresent();
  }

  private Entry entry(Reference reference, Access access) {
    return entries.computeIfAbsent(access + " " + reference.name(), name -> new Entry());
  }

  private static Optional<Challenge> find(List<Challenge> challenges, String scheme) {
    return challenges.stream().filter(c -> c.scheme().equals(scheme)).findFirst();
  }
}
