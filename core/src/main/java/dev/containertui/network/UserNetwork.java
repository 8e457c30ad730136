package dev.containertui.network;

import java.util.List;

/**
 * The network that a hypervisor brings along: user-mode NAT. Every machine has one to itself, so
 * all have the same addresses, and none sees another.
 */
public final class UserNetwork {
  public static final String ADDRESS = "10.0.2.15";
  public static final int PREFIX_BITS = 24;
  public static final String GATEWAY = "10.0.2.2";
  public static final List<String> NAMESERVERS = List.of("10.0.2.3");

  private UserNetwork() {}

  /** {@code a.b.c.d/len}. */
  public static String addressWithPrefix() {
    return ADDRESS + "/" + PREFIX_BITS;
  }
}
