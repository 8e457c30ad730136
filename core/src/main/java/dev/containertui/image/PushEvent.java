package dev.containertui.image;

import dev.containertui.oci.Digest;

/** Progress of sending an image to a registry. */
public sealed interface PushEvent {
  /** A layer or configuration is there already. */
  record Present(Digest digest, long sizeBytes) implements PushEvent {}

  /** So much of it is sent. */
  record Progress(Digest digest, long sentBytes, long sizeBytes) implements PushEvent {}

  /** All of it is sent, and the registry has checked it. */
  record Sent(Digest digest, long sizeBytes) implements PushEvent {}
}
