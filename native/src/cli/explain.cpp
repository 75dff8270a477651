#include "plan/explain.h"

#include "base/timer.h"
#include "cli/confirm.h"
#include "cli/flags.h"
#include "cli/interrupt.h"
#include "cli/open_connection.h"
#include "cli/plan_report.h"
#include "cli/report.h"

namespace mydba::cli {

Exit explain(Arguments arguments) {
  constexpr Flag flags[] = {{"analyze", false}, {"timeout", true}, {"yes", false},
                            planFlags[0],       planFlags[1],      planFlags[2]};
  const auto parsed = parseArguments(arguments, flags);
  if (!parsed) return fail("explain", parsed.error(), false);
  const bool json = parsed->has("json");
  if (parsed->positional.size() != 2)
    return fail("explain",
                {.code = ErrorCode::invalidParams,
                 .message = "needs a URL and a statement",
                 .hint = "mydba explain URL SQL"},
                json);
  const auto options = planReport(*parsed);
  if (!options) return fail("explain", options.error(), json);
  const auto timeout = parseDuration(parsed->value("timeout").value_or("30s"));
  if (!timeout) return fail("explain", timeout.error(), json);
  Interrupt interrupt;
  const bool analyze = parsed->has("analyze");
  auto open = openConnection(parsed->positional[0], /*readOnly=*/false, interrupt.token());
  if (!open) return fail("connect", open.error(), json);
  const CommandGate door(*open, parsed->has("yes"), interrupt.token());
  const auto statement = door.gate().admitToExplain(parsed->positional[1], analyze, door.confirm());
  if (!statement) {
    const Exit exit = fail("explain", statement.error(), json);
    return statement.error().code == ErrorCode::refused ? Exit::findings : exit;
  }
  Timer timer;
  timer.at(Clock::now() + *timeout,
           [source = interrupt.source()]() mutable { source.cancel(CancelReason::timeout); });
  const auto explain = [&] {
    return plan::explain(*open->connection, *statement, analyze, interrupt.token());
  };
  auto tree = analyze ? open->audit.takenBack(*statement, explain) : explain();
  if (!tree) return fail("explain", tree.error(), json);
  // Not the URL, which may hold a secret.
  const std::string source = tree->engine;
  return report(*options, {plan::examine(std::move(*tree), options->thresholds)}, source);
}

}  // namespace mydba::cli
