package dev.containertui.tui.view;

import java.time.Duration;
import java.util.Optional;

/** A name of an image in the table; {@code reference} is {@code <none>} if it has no name. */
public record ImageRow(
    String id, String reference, String platform, long sizeBytes, Optional<Duration> age) {}
