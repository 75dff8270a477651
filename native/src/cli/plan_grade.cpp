#include "cli/json_lines.h"
#include "cli/plan_report.h"
#include "cli/report.h"
#include "engines/saved_plans.h"
#include "plan/explain.h"

namespace mydba::cli {

Exit planGrade(Arguments arguments) {
  constexpr Flag flags[] = {
      {"engine", true}, {"version", true}, planFlags[0], planFlags[1], planFlags[2]};
  const auto parsed = parseArguments(arguments, flags);
  if (!parsed) return fail("plan grade", parsed.error(), false);
  const bool json = parsed->has("json");
  if (parsed->positional.size() != 1)
    return fail("plan grade",
                {.code = ErrorCode::invalidParams,
                 .message = "needs a file with a plan",
                 .hint = "mydba plan grade FILE; - is stdin"},
                json);
  const auto options = planReport(*parsed);
  if (!options) return fail("plan grade", options.error(), json);
  const auto text = readText(*parsed);
  if (!text) return fail("plan grade", text.error(), json);
  auto plans =
      savedPlans(*text, {.engine = parsed->value("engine"), .version = parsed->value("version")});
  if (!plans) return fail("plan grade", plans.error(), json);
  std::vector<protocol::ExplainResult> examined;
  for (protocol::PlanTree& plan : *plans)
    examined.push_back(plan::examine(std::move(plan), options->thresholds));
  return report(*options, std::move(examined), parsed->positional[0]);
}

}  // namespace mydba::cli
