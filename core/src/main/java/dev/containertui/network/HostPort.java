package dev.containertui.network;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;

/** A port of the host that could not be listened at. */
public final class HostPort {
  public static final String ALL_ADDRESSES = "0.0.0.0";

  private HostPort() {}

  /**
   * Finds out why, by trying it: who failed does not say.
   *
   * @param said what it did say
   */
  public static EngineException whyNot(String address, int port, Transport transport, String said) {
    String where = address + ":" + port;
    String what = "cannot listen at " + where + " (" + transport.word() + ")";
    try (NetworkChannel trial =
        transport == Transport.TCP
            ? ServerSocketChannel.open(StandardProtocolFamily.INET)
            : DatagramChannel.open(StandardProtocolFamily.INET)) {
      trial.bind(new InetSocketAddress(address, port));
      return new EngineException(
          Kind.UNAVAILABLE, what + ": " + PortGrammar.shown(said), "try again");
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      if (why.contains("in use")) {
        return new EngineException(
            Kind.CONFLICT,
            what + ": port is already allocated",
            "choose another port; ss -lnp 'sport = :" + port + "' tells who has it");
      } else if (why.contains("assign requested")) {
        return new EngineException(
            Kind.INVALID,
            what + ": this host does not have that address",
            "ip -4 address shows those that it has; 0.0.0.0 is all of them");
      } else if (why.contains("denied")) {
        // Without the system's own words: by them the docker command would say that a program of
        // the container could not be executed.
        return new EngineException(
            Kind.UNAVAILABLE,
            what + ": this user may not take that port",
            "choose a port from 1024 on; sysctl net.ipv4.ip_unprivileged_port_start lowers that"
                + " bound");
      }
      return new EngineException(Kind.UNAVAILABLE, what + ": " + why, "choose another port");
    }
  }
}
