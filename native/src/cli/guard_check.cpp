#include <cstdio>
#include <optional>

#include "cli/flags.h"
#include "cli/json_lines.h"
#include "cli/report.h"
#include "guard/judge.h"

namespace mydba::cli {
namespace {

/// What makes the exit status `findings`: a decision, or a refusal with at least a risk.
struct Threshold {
  guard::Decision decision = guard::Decision::block;
  guard::Risk risk = guard::Risk::low;

  bool reachedBy(const guard::Verdict& verdict) const {
    return verdict.decision >= decision && verdict.risk >= risk;
  }
};

struct CheckOptions {
  const sql::Dialect* dialect = nullptr;
  guard::Policy policy;
  std::optional<Threshold> failOn;
};

Result<Threshold> threshold(std::string_view name) {
  using enum guard::Decision;
  for (const auto decision : {confirm, block})
    if (protocol::name(decision) == name) return Threshold{.decision = decision};
  for (const auto risk :
       {guard::Risk::low, guard::Risk::medium, guard::Risk::high, guard::Risk::critical})
    if (protocol::name(risk) == name) return Threshold{.decision = confirm, .risk = risk};
  return Error{.code = ErrorCode::invalidParams,
               .message = "--fail-on takes confirm, block, low, medium, high or critical"};
}

Result<CheckOptions> readOptions(const ParsedArguments& parsed) {
  CheckOptions options;
  const auto dialect = dialectOf(parsed);
  if (!dialect) return dialect.error();
  options.dialect = *dialect;
  const std::string where = parsed.value("environment").value_or("dev");
  const auto environment = guard::findEnvironment(where);
  if (!environment)
    return Error{.code = ErrorCode::invalidParams,
                 .message = "unknown environment \"" + where.substr(0, 40) + "\"",
                 .hint = "dev, staging or prod"};
  options.policy.environment = *environment;
  options.policy.allowDestructive = parsed.has("allow-destructive");
  options.policy.readOnly = parsed.has("read-only");
  if (const auto failOn = parsed.value("fail-on")) {
    const auto read = threshold(*failOn);
    if (!read) return read.error();
    options.failOn = *read;
  }
  return options;
}

rpc::Json document(const guard::Verdict& verdict) {
  rpc::Json reasons = rpc::Json::array();
  for (const auto& reason : verdict.reasons)
    reasons.push_back(
        {{"id", reason.id}, {"message", reason.message}, {"position", reason.position}});
  return {{"decision", protocol::name(verdict.decision)},
          {"risk", protocol::name(verdict.risk)},
          {"reasons", reasons}};
}

void printText(const guard::Verdict& verdict) {
  std::printf("%s, risk %s%s\n", protocol::name(verdict.decision).data(),
              protocol::name(verdict.risk).data(),
              verdict.typed ? "; the confirmation must be typed" : "");
  for (const auto& reason : verdict.reasons)
    std::printf("  %s: %s (at byte %zu)\n", reason.id.c_str(), printable(reason.message).c_str(),
                reason.position);
}

/// In each line's answer; the status is that of the worst of them.
Exit checkLines(const CheckOptions& options) {
  bool reached = false;
  const Exit exit = eachJsonLine([&](const rpc::Json& line) -> Result<rpc::Json> {
    const auto request = sqlLine(line, *options.dialect);
    if (!request) return request.error();
    const auto verdict = guard::judge(request->sql, *request->dialect, options.policy);
    reached |= options.failOn && options.failOn->reachedBy(verdict);
    return document(verdict);
  });
  return exit == Exit::done && reached ? Exit::findings : exit;
}

}  // namespace

Exit guardCheck(Arguments arguments) {
  constexpr Flag flags[] = {
      {"dialect", true},    {"environment", true}, {"allow-destructive", false},
      {"read-only", false}, {"fail-on", true},     {"jsonl", false}};
  const auto parsed = parseArguments(arguments, flags);
  if (!parsed) return fail("guard check", parsed.error(), false);
  const bool json = parsed->has("json");
  const auto options = readOptions(*parsed);
  if (!options) return fail("guard check", options.error(), json);
  if (parsed->has("jsonl")) return checkLines(*options);
  const auto text = readText(*parsed);
  if (!text) return fail("guard check", text.error(), json);
  const auto verdict = guard::judge(*text, *options->dialect, options->policy);
  json ? printJson(document(verdict)) : printText(verdict);
  return options->failOn.value_or(Threshold{}).reachedBy(verdict) ? Exit::findings : Exit::done;
}

}  // namespace mydba::cli
