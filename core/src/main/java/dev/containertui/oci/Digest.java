package dev.containertui.oci;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The digest of some content (image-spec, descriptor.md, "digests").
 *
 * <p>Only the two registered algorithms exist here, and only their exact spelling: a digest becomes
 * a file name in the store and a path in a request, so nothing else may pass.
 *
 * @param hex 64 or 128 lower-case hexadecimal digits
 */
public record Digest(Algorithm algorithm, String hex) {

  /** The registered algorithms. */
  public enum Algorithm {
    SHA256("sha256", "SHA-256", 64),
    SHA512("sha512", "SHA-512", 128);

    private final String word;
    private final String javaName;
    private final int hexDigits;

    Algorithm(String word, String javaName, int hexDigits) {
      this.word = word;
      this.javaName = javaName;
      this.hexDigits = hexDigits;
    }

    /** The name in a digest, {@code sha256} or {@code sha512}. */
    public String word() {
      return word;
    }

    /** A fresh hash function. */
    public MessageDigest newMessageDigest() {
      try {
        return MessageDigest.getInstance(javaName);
      } catch (NoSuchAlgorithmException e) {
        throw new EngineException(Kind.INTERNAL, "this Java has no " + javaName, e);
      }
    }

    /** The digest of everything that went into {@code hash}; resets it. */
    public Digest finish(MessageDigest hash) {
      return new Digest(this, HexFormat.of().formatHex(hash.digest()));
    }
  }

  public Digest {
    if (!isHex(hex) || hex.length() != algorithm.hexDigits) {
      throw invalid(algorithm.word + ":" + hex);
    }
  }

  /**
   * Reads {@code algorithm:hex}.
   *
   * @throws EngineException INVALID
   */
  public static Digest parse(String text) {
    for (Algorithm algorithm : Algorithm.values()) {
      String prefix = algorithm.word + ":";
      if (text.startsWith(prefix)) {
        return new Digest(algorithm, text.substring(prefix.length()));
      }
    }
    throw invalid(text);
  }

  /** The SHA-256 digest of {@code content}. */
  public static Digest sha256(byte[] content) {
    return of(Algorithm.SHA256, content);
  }

  public static Digest of(Algorithm algorithm, byte[] content) {
    MessageDigest hash = algorithm.newMessageDigest();
    hash.update(content);
    return algorithm.finish(hash);
  }

  /** Whether {@code content} has this digest. */
  public boolean matches(byte[] content) {
    return equals(of(algorithm, content));
  }

  /** {@code algorithm:hex}. */
  @Override
  public String toString() {
    return algorithm.word + ":" + hex;
  }

  private static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  private static EngineException invalid(String text) {
    return new EngineException(
        Kind.INVALID,
        "not a digest: " + Printable.of(text),
        "digests are sha256: and 64, or sha512: and 128 lower-case hexadecimal digits");
  }
}
