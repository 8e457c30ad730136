package dev.containertui.engine.api.server;

import dev.containertui.container.Container;
import dev.containertui.container.ProcessSpec;
import dev.containertui.engine.api.http.Failure;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The exec sessions that clients can name. When there are many, the oldest that have ended or were
 * never started are forgotten; those that run are not.
 */
final class ExecTable {
  private static final int MAX_SESSIONS = 1024;
  private static final int ID_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, ExecSession> sessions = new LinkedHashMap<>();

  /**
   * @throws Failure 503 if all sessions that there can be run
   */
  synchronized ExecSession add(Container container, ProcessSpec spec, DetachKeys keys) {
    Iterator<ExecSession> oldestFirst = sessions.values().iterator();
    while (sessions.size() >= MAX_SESSIONS && oldestFirst.hasNext()) {
      if (!oldestFirst.next().isRunning()) {
        oldestFirst.remove();
      }
    }
    if (sessions.size() >= MAX_SESSIONS) {
      throw new Failure(503, MAX_SESSIONS + " exec sessions run already");
    }
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    ExecSession session = new ExecSession(HexFormat.of().formatHex(id), container, spec, keys);
    sessions.put(session.id(), session);
    return session;
  }

  /**
   * @throws Failure 404
   */
  synchronized ExecSession get(String id) {
    ExecSession session = sessions.get(id);
    if (session == null) {
      throw new Failure(404, "No such exec instance: " + id);
    }
    return session;
  }

  synchronized int size() {
    return sessions.size();
  }
}
