package dev.containertui.tui.screen.system;

import dev.containertui.engine.Engine;
import dev.containertui.engine.Engine.Finding;
import dev.containertui.engine.EngineInfo;
import dev.containertui.engine.Templates;
import dev.containertui.error.EngineException;
import dev.containertui.kernel.InstalledKernel;
import dev.containertui.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the engine is.
 *
 * @param defaultKernel name of the one that containers boot
 * @param missing what it could not tell, and why
 */
record Health(
    Optional<EngineInfo> info,
    List<Finding> findings,
    List<TemplateUse> templates,
    List<InstalledKernel> kernels,
    String defaultKernel,
    List<String> missing) {
  record TemplateUse(Template template, Templates.Use use) {}

  /** Asks for each part on its own, so that one that fails does not hide the others. */
  static Health examine(Engine engine) {
    List<String> missing = new ArrayList<>();
    Optional<EngineInfo> info =
        part("the engine", missing, Optional.empty(), () -> Optional.of(engine.info()));
    List<Finding> findings = part("findings", missing, List.of(), engine::diagnose);
    List<TemplateUse> templates =
        part(
            "templates",
            missing,
            List.of(),
            () ->
                engine.templates().list().stream()
                    .map(t -> new TemplateUse(t, engine.templates().use(t)))
                    .toList());
    List<InstalledKernel> kernels =
        part("kernels", missing, List.of(), () -> engine.kernels().list());
    String defaultKernel =
        part(
            "the default kernel",
            missing,
            "",
            () -> engine.kernels().defaultKernel().map(InstalledKernel::name).orElse(""));
    return new Health(info, findings, templates, kernels, defaultKernel, missing);
  }

  private static <T> T part(String what, List<String> missing, T otherwise, Supplier<T> question) {
    try {
      return question.get();
    } catch (EngineException e) {
      if (e.kind() == EngineException.Kind.CANCELLED) {
        throw e;
      }
      missing.add(what + ": " + e.getMessage());
      return otherwise;
    }
  }

  long problems() {
    return findings.stream().filter(f -> f.level() == Finding.Level.PROBLEM).count();
  }
}
