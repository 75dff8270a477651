// What may hold PostgreSQL's plans.
//
// auto_explain writes an entry per statement (manual, "auto_explain"): a line whose prefix is the
// administrator's (log_line_prefix), `duration: 1.234 ms  plan:`, then the statement and the plan,
// every line of which begins with a tab in the server's log, and with nothing where a client prints
// the message. In JSON the statement is a member of the plan.

#include "engines/postgres/saved_plans.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "engines/postgres/plan_fields.h"
#include "engines/postgres/plan_reader.h"
#include "engines/postgres/plan_text.h"
#include "engines/postgres/plan_text_step.h"

namespace mydba::postgres {
namespace {

using View = std::string_view;
using Plans = std::vector<protocol::PlanTree>;

View takeLine(View& text) {
  const View line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

/// The milliseconds of the line that begins an entry of auto_explain.
std::optional<double> entryStart(View line) {
  constexpr View before = "duration: ", after = " ms  plan:";
  while (line.ends_with(' ')) line.remove_suffix(1);
  if (!line.ends_with(after)) return std::nullopt;
  const auto at = line.rfind(before);
  if (at == line.npos) return std::nullopt;
  return leadingNumber(line.substr(at + before.size()));
}

struct Entry {
  double durationMs = 0;
  std::string text;
};

std::vector<Entry> logEntries(View log) {
  std::vector<Entry> entries;
  bool open = false, tabbed = false;
  while (!log.empty()) {
    View line = takeLine(log);
    if (const auto duration = entryStart(line)) {
      entries.push_back({.durationMs = *duration, .text = {}});
      open = true;
      tabbed = log.starts_with('\t');
      continue;
    }
    open = open && (!tabbed || line.starts_with('\t'));
    if (!open) continue;
    if (tabbed) line.remove_prefix(1);
    entries.back().text.append(line).append("\n");
  }
  return entries;
}

/// The statement of an entry in text, which stands above its first step.
std::string statementOf(View entry) {
  constexpr View start = "Query Text: ";
  std::string sql;
  while (!entry.empty()) {
    View line = takeLine(entry);
    if (isStepLine(line) || line.starts_with("Query Parameters: ")) break;
    if (sql.empty() && line.starts_with(start)) line.remove_prefix(start.size());
    sql.append(sql.empty() ? "" : "\n").append(line);
  }
  return sql;
}

bool isJson(View text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  return first != text.npos && (text[first] == '{' || text[first] == '[');
}

Result<protocol::PlanTree> readEntry(const Entry& entry) {
  auto plan = isJson(entry.text) ? readPlan(entry.text, "") : readTextPlan(entry.text, "");
  if (!plan) return plan.error();
  if (plan->sql.empty()) plan->sql = statementOf(entry.text);
  plan->executionMs = entry.durationMs;
  return plan;
}

/// One broken entry does not hide the others; their error counts when none can be read.
Result<Plans> readLog(const std::vector<Entry>& entries) {
  Plans plans;
  std::optional<Error> refused;
  for (const Entry& entry : entries) {
    auto plan = readEntry(entry);
    if (plan)
      plans.push_back(std::move(*plan));
    else if (!refused)
      refused = plan.error();
  }
  if (plans.empty() && refused) return *refused;
  return plans;
}

/// A cell of psql with several lines, without the header, the frame and the `+` at their ends.
std::string withoutFrame(View text) {
  std::string cell;
  while (!text.empty()) {
    View line = takeLine(text);
    if (line.starts_with('|')) line.remove_prefix(1);
    for (const char mark : {' ', '|', ' ', '+', ' '})
      while (line.ends_with(mark)) line.remove_suffix(1);
    cell.append(line).append("\n");
  }
  const auto first = cell.find_first_of("[{"), last = cell.find_last_of("]}");
  if (first == cell.npos || last == cell.npos || last < first) return cell;
  return cell.substr(first, last - first + 1);
}

Result<Plans> readJson(View text) {
  if (isJson(text)) return readPlans(text, "");
  auto plans = readPlans(withoutFrame(text), "");
  if (plans)
    for (protocol::PlanTree& plan : *plans) plan.raw = text;
  return plans;
}

bool holdsStep(View text) {
  while (!text.empty()) {
    View line = takeLine(text);
    for (const char frame : {' ', '|', '"', ' '})
      while (line.ends_with(frame)) line.remove_suffix(1);
    if (isStepLine(line)) return true;
  }
  return false;
}

bool holds(View text, View part) { return text.find(part) != text.npos; }

}  // namespace

Result<Plans> plansIn(View text) {
  if (const auto entries = logEntries(text); !entries.empty()) return readLog(entries);
  if (holds(text, "\"Node Type\"")) return readJson(text);
  if (holds(text, "Node Type: ") || holds(text, "<Node-Type>"))
    return notAPlan("its format, YAML or XML, is not read");
  if (!holdsStep(text)) return Plans{};
  auto plan = readTextPlan(text, "");
  if (!plan) return plan.error();
  return Plans{std::move(*plan)};
}

}  // namespace mydba::postgres
