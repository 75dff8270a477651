#include "plan/explain.h"

#include "cli/plan_report.h"
#include "cli/report.h"

namespace mydba::cli {

Exit explain(Arguments arguments) {
  constexpr Flag flags[] = {{"analyze", false}, {"timeout", true}, {"yes", false},
                            planFlags[0],       planFlags[1],      planFlags[2]};
  const auto parsed = parseArguments(arguments, flags);
  if (!parsed) return fail("explain", parsed.error(), false);
  const auto options = planReport(*parsed);
  if (!options) return fail("explain", options.error(), parsed->has("json"));
  const bool analyze = parsed->has("analyze");
  return withStatement(
      "explain", *parsed, analyze, "30s",
      [&](const OpenConnection& open, const auto& statement, const CancelToken& cancel) {
        const auto explain = [&] {
          return plan::explain(*open.connection, statement, analyze, cancel);
        };
        auto tree = analyze ? open.audit.takenBack(statement, explain) : explain();
        if (!tree) return failStatement("explain", tree.error(), options->json);
        // Not the URL, which may hold a secret.
        const std::string source = tree->engine;
        return report(*options, {plan::examine(std::move(*tree), options->thresholds)}, source);
      });
}

}  // namespace mydba::cli
