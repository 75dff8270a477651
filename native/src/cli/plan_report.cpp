#include "cli/plan_report.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "base/timer.h"
#include "cli/confirm.h"
#include "cli/interrupt.h"
#include "cli/open_connection.h"
#include "cli/report.h"
#include "codec.h"
#include "plan/grade.h"

namespace mydba::cli {
namespace {

Result<plan::Thresholds> thresholds(std::string_view text) {
  plan::Thresholds changed;
  while (!text.empty()) {
    const auto comma = text.find(',');
    const std::string_view one = text.substr(0, comma);
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    const auto equals = one.find('=');
    const std::string name(one.substr(0, equals));
    double value = 0;
    const auto read =
        equals == std::string_view::npos
            ? std::from_chars_result{one.data(), std::errc::invalid_argument}
            : std::from_chars(one.data() + equals + 1, one.data() + one.size(), value);
    if (read.ec != std::errc{} || read.ptr != one.data() + one.size() || !std::isfinite(value))
      return Error{
          .code = ErrorCode::invalidParams,
          .message = "--threshold takes RULE.NAME=NUMBER, not \"" + std::string(one) + "\"",
          .hint = "full-table-scan.rows=5000"};
    if (!plan::isThreshold(name))
      return Error{.code = ErrorCode::invalidParams,
                   .message = "no rule has the threshold \"" + name + "\"",
                   .hint = "the evidence of a finding names its thresholds"};
    changed[name] = value;
  }
  return changed;
}

void printFinding(const protocol::Finding& finding) {
  std::printf("%s %s: %s. %s\n", protocol::name(finding.severity).data(), finding.id.c_str(),
              printable(finding.message).c_str(), printable(finding.advice).c_str());
  for (const auto& remedy : finding.remedies) {
    std::printf("    %s (%s)\n", printable(remedy.title).c_str(),
                printable(remedy.tradeOff).c_str());
    if (remedy.sql) std::printf("      %s\n", printable(*remedy.sql).c_str());
  }
  std::printf("    see %s\n", finding.citation.url.c_str());
}

void printText(const protocol::ExplainResult& plan) {
  std::fwrite(plan.text.data(), 1, plan.text.size(), stdout);
  if (!plan.findings.empty()) std::puts("");
  for (const auto& finding : plan.findings) printFinding(finding);
}

rpc::Json document(const protocol::ExplainResult& plan) {
  rpc::Json document = protocol::encode(plan);
  document.erase("text");
  return document;
}

void printDocument(const std::vector<protocol::ExplainResult>& plans) {
  if (plans.size() == 1) return printJson(document(plans.front()));
  rpc::Json all = rpc::Json::array();
  for (const auto& plan : plans) all.push_back(document(plan));
  printJson({{"plans", all}});
}

}  // namespace

Result<PlanReport> planReport(const ParsedArguments& parsed) {
  PlanReport options{
      .failOn = {}, .thresholds = {}, .json = parsed.has("json"), .sarif = parsed.has("sarif")};
  if (const auto failOn = parsed.value("fail-on")) {
    const auto read = parseSeverity(*failOn);
    if (!read) return read.error();
    options.failOn = *read;
  }
  const auto changed = thresholds(parsed.value("threshold").value_or(""));
  if (!changed) return changed.error();
  options.thresholds = *changed;
  return options;
}

Exit withStatement(std::string_view command, const ParsedArguments& parsed, bool analyze,
                   std::string_view limit, const StatementWork& work) {
  const bool json = parsed.has("json");
  if (parsed.positional.size() != 2)
    return fail(command,
                {.code = ErrorCode::invalidParams,
                 .message = "needs a URL and a statement",
                 .hint = "mydba " + std::string(command) + " URL SQL"},
                json);
  const auto timeout = parseDuration(parsed.value("timeout").value_or(std::string(limit)));
  if (!timeout) return fail(command, timeout.error(), json);
  Interrupt interrupt;
  const auto open = openConnection(parsed.positional[0], /*readOnly=*/false, interrupt.token());
  if (!open) return fail("connect", open.error(), json);
  const CommandGate door(*open, parsed.has("yes"), interrupt.token());
  const auto statement = door.gate().admitToExplain(parsed.positional[1], analyze, door.confirm());
  if (!statement) return failStatement(command, statement.error(), json);
  Timer timer;
  timer.at(Clock::now() + *timeout,
           [source = interrupt.source()]() mutable { source.cancel(CancelReason::timeout); });
  return work(*open, *statement, interrupt.token());
}

Exit exitOf(const PlanReport& options, const std::vector<protocol::Finding>& findings) {
  const bool found = options.failOn && std::any_of(findings.begin(), findings.end(), [&](auto& f) {
                       return f.severity >= *options.failOn;
                     });
  return found ? Exit::findings : Exit::done;
}

Exit report(const PlanReport& options, std::vector<protocol::ExplainResult> plans,
            const std::string& source) {
  if (options.sarif) {
    printJson(sarif(plans, source));
  } else if (options.json) {
    printDocument(plans);
  } else {
    for (const auto& plan : plans) {
      if (&plan != plans.data()) std::puts("");
      printText(plan);
    }
  }
  for (const auto& plan : plans)
    if (exitOf(options, plan.findings) != Exit::done) return Exit::findings;
  return Exit::done;
}

}  // namespace mydba::cli
