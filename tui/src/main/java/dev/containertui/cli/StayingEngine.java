package dev.containertui.cli;

import dev.containertui.engine.Engine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** An engine that is lent to somebody who closes what he gets: it stays open. */
final class StayingEngine {
  private StayingEngine() {}

  static Engine of(Engine engine) {
    return (Engine)
        Proxy.newProxyInstance(
            StayingEngine.class.getClassLoader(),
            new Class<?>[] {Engine.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(engine, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
