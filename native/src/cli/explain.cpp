#include "plan/explain.h"

#include <cstdio>

#include "base/timer.h"
#include "cli/confirm.h"
#include "cli/flags.h"
#include "cli/interrupt.h"
#include "cli/open_connection.h"
#include "cli/report.h"
#include "codec.h"

namespace mydba::cli {
namespace {

Result<protocol::Severity> severity(const std::string& name) {
  for (const auto value :
       {protocol::Severity::info, protocol::Severity::warning, protocol::Severity::critical})
    if (protocol::name(value) == name) return value;
  return Error{.code = ErrorCode::invalidParams,
               .message = "--fail-on takes info, warning or critical"};
}

void printText(const protocol::ExplainResult& plan) {
  std::fwrite(plan.text.data(), 1, plan.text.size(), stdout);
  if (!plan.findings.empty()) std::puts("");
  for (const auto& finding : plan.findings)
    std::printf("%s %s: %s. %s\n    see %s\n", protocol::name(finding.severity).data(),
                finding.id.c_str(), printable(finding.message).c_str(),
                printable(finding.advice).c_str(), finding.citation.url.c_str());
}

void printDocument(const protocol::ExplainResult& plan) {
  rpc::Json document = protocol::encode(plan);
  document.erase("text");
  printJson(document);
}

}  // namespace

Exit explain(Arguments arguments) {
  constexpr Flag flags[] = {
      {"analyze", false}, {"timeout", true}, {"fail-on", true}, {"yes", false}};
  const auto parsed = parseArguments(arguments, flags);
  if (!parsed) return fail("explain", parsed.error(), false);
  const bool json = parsed->has("json");
  if (parsed->positional.size() != 2)
    return fail("explain",
                {.code = ErrorCode::invalidParams,
                 .message = "needs a URL and a statement",
                 .hint = "mydba explain URL SQL"},
                json);
  const auto threshold = severity(parsed->value("fail-on").value_or("critical"));
  if (!threshold) return fail("explain", threshold.error(), json);
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
  const auto plan = plan::explain(*open->connection, *statement, analyze, interrupt.token());
  if (!plan) return fail("explain", plan.error(), json);
  json ? printDocument(*plan) : printText(*plan);
  if (!parsed->has("fail-on")) return Exit::done;
  for (const auto& finding : plan->findings)
    if (finding.severity >= *threshold) return Exit::findings;
  return Exit::done;
}

}  // namespace mydba::cli
