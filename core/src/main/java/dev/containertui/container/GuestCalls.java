package dev.containertui.container;

import dev.containertui.agent.AgentConnection;
import dev.containertui.agent.GuestProcessHandle;
import java.nio.channels.ByteChannel;
import java.time.Duration;

final class GuestCalls {
  private GuestCalls() {}

  static void acknowledge(GuestProcessHandle main, int channel, int bytes) {}

  static void freeze(AgentConnection agent, boolean frozen, Duration deadline) {
    throw Unsupported.of("pausing a container");
  }

  static AgentConnection reopen(ByteChannel channel, Duration deadline, int firstHandle) {
    throw Unsupported.of("taking up a machine");
  }

  static boolean hasProcess(AgentConnection agent, int handle) {
    return false;
  }

  static boolean isFrozen(AgentConnection agent) {
    return false;
  }

  static GuestProcessHandle attach(
      AgentConnection agent, int handle, boolean terminal, long out, long err, Duration deadline) {
    throw Unsupported.of("taking up a machine");
  }

  static void limit(AgentConnection agent, MachineSize size, Duration deadline) {
    throw Unsupported.of("changing limits");
  }
}
