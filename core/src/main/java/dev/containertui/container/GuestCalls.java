package dev.containertui.container;

import dev.containertui.agent.AgentConnection;
import java.time.Duration;

final class GuestCalls {
  private GuestCalls() {}

  static void freeze(AgentConnection agent, boolean frozen, Duration deadline) {
    throw Unsupported.of("pausing a container");
  }

  static void limit(AgentConnection agent, MachineSize size, Duration deadline) {
    throw Unsupported.of("changing limits");
  }
}
