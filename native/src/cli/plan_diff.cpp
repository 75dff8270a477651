#include <cstdio>

#include "cli/json_lines.h"
#include "cli/report.h"
#include "codec.h"
#include "engines/saved_plans.h"
#include "plan/compare.h"
#include "plan/derive.h"

namespace mydba::cli {
namespace {

Error wrongUse(std::string message) {
  return {.code = ErrorCode::invalidParams,
          .message = std::move(message),
          .hint = "mydba plan diff BEFORE AFTER; one of them may be - for stdin"};
}

/// The first plan of a file.
Result<protocol::PlanTree> planOf(const std::string& file, const ParsedArguments& parsed) {
  const auto text = readFile(file);
  if (!text) return text.error();
  auto plans =
      savedPlans(*text, {.engine = parsed.value("engine"), .version = parsed.value("version")});
  if (!plans) {
    Error error = plans.error();
    error.message = file + ": " + error.message;
    return error;
  }
  if (plans->size() > 1)
    return wrongUse(file + " holds " + std::to_string(plans->size()) +
                    " plans, and one is compared with one");
  plan::derive(plans->front());
  return std::move(plans->front());
}

const char* markOf(protocol::PlanChangeKind kind) {
  switch (kind) {
    case protocol::PlanChangeKind::same: return " ";
    case protocol::PlanChangeKind::changed: return "~";
    case protocol::PlanChangeKind::replaced: return "≠";
    case protocol::PlanChangeKind::moved: return "↷";
    case protocol::PlanChangeKind::added: return "+";
    case protocol::PlanChangeKind::removed: return "-";
  }
  return "";
}

void print(const protocol::PlanComparison& comparison) {
  std::puts(printable(comparison.verdict.text).c_str());
  for (const auto& change : comparison.changes) {
    std::printf("%s %s\n", markOf(change.kind), printable(change.text).c_str());
    for (const auto& [name, before, after, ratio] : change.differences)
      std::printf("    %s: %s → %s\n", name.c_str(), printable(before.value_or("none")).c_str(),
                  printable(after.value_or("none")).c_str());
  }
}

}  // namespace

Exit planDiff(Arguments arguments) {
  constexpr Flag flags[] = {{"engine", true}, {"version", true}};
  const auto parsed = parseArguments(arguments, flags);
  if (!parsed) return fail("plan diff", parsed.error(), false);
  const bool json = parsed->has("json");
  const auto& files = parsed->positional;
  if (files.size() != 2) return fail("plan diff", wrongUse("needs two files with plans"), json);
  if (files[0] == "-" && files[1] == "-")
    return fail("plan diff", wrongUse("only one of the plans can come from stdin"), json);
  const auto before = planOf(files[0], *parsed);
  if (!before) return fail("plan diff", before.error(), json);
  const auto after = planOf(files[1], *parsed);
  if (!after) return fail("plan diff", after.error(), json);
  const auto comparison = plan::compare(*before, *after);
  json ? printJson(protocol::encode(comparison)) : print(comparison);
  return Exit::done;
}

}  // namespace mydba::cli
