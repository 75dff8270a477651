#include "ai/answers.h"

#include <cstdio>

#include "ai/markdown.h"
#include "plan/grade.h"

namespace mydba::ai {
namespace {

std::string_view mark(protocol::Severity severity) {
  switch (severity) {
    case protocol::Severity::critical: return "🛑 critical";
    case protocol::Severity::warning: return "⚠️ warning";
    case protocol::Severity::info: return "ℹ️ info";
  }
  return "";
}

std::string milliseconds(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f ms", value < 10 ? 2 : 0, value);
  return text;
}

std::string summaryLine(const protocol::ExplainResult& plan) {
  const auto& summary = plan.summary;
  std::string line = std::to_string(summary.nodes) + (summary.nodes == 1 ? " step" : " steps");
  if (summary.totalCost) line += ", cost " + plan::groupedNumber(*summary.totalCost);
  if (summary.rows)
    line += std::string(plan.tree.analyzed ? ", rows " : ", about ") +
            plan::groupedNumber(*summary.rows) + (plan.tree.analyzed ? "" : " rows");
  if (summary.executionMs) line += ", ran " + milliseconds(*summary.executionMs);
  return line;
}

std::string seconds(const std::optional<double>& value) {
  if (!value) return "";
  char text[64];
  std::snprintf(text, sizeof text, "%.0f s", *value);
  return text;
}

/// One session as an item of a list: a chat is too narrow for a table of so many columns.
std::string processLine(const protocol::Process& process) {
  std::string line = "- **" + escaped(process.id) + "**";
  const auto add = [&](const std::string& part) {
    if (!part.empty()) line += " · " + part;
  };
  if (process.own) return line + " · MyDBA itself\n";
  add(escaped(process.user.value_or("")));
  add(escaped(process.database.value_or("")));
  add(escaped(process.state));
  const bool isBusy = process.active || process.transactionSeconds || !process.blockedBy.empty();
  if (isBusy) add(seconds(process.seconds));
  std::string holders;
  for (const auto& id : process.blockedBy) holders += (holders.empty() ? "" : ", ") + escaped(id);
  if (!holders.empty()) add("waits for " + holders);
  // Two blanks before the end of the line break it there, within the item.
  const std::string sql = isBusy ? escaped(process.sql.value_or(""), 120) : "";
  return line + (sql.empty() ? "\n" : "  \n  " + sql + "\n");
}

}  // namespace

std::string helpAnswer() {
  return "I am **MyDBA**. These commands compute their answers from your database; they need no "
         "AI and send nothing anywhere:\n\n"
         "- `/schema`: what is in this database; `/schema orders` describes one object\n"
         "- `/explain`: the plan of a statement, with what is wrong in it: "
         "`/explain SELECT …`, or put the cursor on a statement\n"
         "- `/processlist`: who is connected, what runs, who waits for whom\n"
         "- `/connections`: your connections\n"
         "- `/help`: this\n";
}

std::string connectionsAnswer(std::span<const protocol::ChatSession> sessions,
                              const std::optional<std::string>& active) {
  if (sessions.empty())
    return "There is no connection yet. Add one, or open the sample database: a small shop in a "
           "local file, nothing to install.\n";
  std::string text = "| connection | engine | state |\n| --- | --- | --- |\n";
  for (const auto& session : sessions) {
    text += "| " + escaped(session.name) + " | " + escaped(session.engine) + " | ";
    text += session.open ? "connected" : "not connected";
    text += session.sessionId == active ? ", **active** |\n" : " |\n";
  }
  return text;
}

std::string planAnswer(const protocol::ExplainResult& plan, std::string_view flavour) {
  std::string text = "**Plan** of " + escaped(flavour) + " " + escaped(plan.version) + ": " +
                     summaryLine(plan) + ".\n\n";
  if (plan.findings.empty()) text += "Nothing stands out in this plan.\n";
  int number = 0;
  for (const auto& finding : plan.findings) {
    text += "- **" + std::string(mark(finding.severity)) + ": " + escaped(finding.title) + "**. " +
            escaped(finding.message, 500) + ". " + escaped(finding.advice, 500);
    text += " [" + std::to_string(++number) + "]\n";
  }
  text += codeBlock("", plan.text);
  number = 0;
  for (const auto& finding : plan.findings)
    text += "\n[" + std::to_string(++number) + "] [" + escaped(finding.citation.title) + "](" +
            finding.citation.url + "), " + escaped(finding.citation.anchor) + "\n";
  return text;
}

std::string processesAnswer(const protocol::ProcessSnapshot& snapshot) {
  constexpr std::size_t shownRows = 20;
  std::string text;
  std::size_t active = 0;
  std::size_t blocked = 0;
  for (const auto& process : snapshot.processes) {
    if (process.active && !process.own) ++active;
    if (!process.blockedBy.empty()) ++blocked;
  }
  text += "**" + std::to_string(snapshot.processes.size()) + " sessions**, " +
          std::to_string(active) + " running a statement, " + std::to_string(blocked) +
          " waiting for another one.\n\n";
  for (std::size_t i = 0; i < snapshot.processes.size() && i < shownRows; ++i)
    text += processLine(snapshot.processes[i]);
  if (snapshot.processes.size() > shownRows)
    text += "\n… and " + std::to_string(snapshot.processes.size() - shownRows) + " more.\n";
  if (snapshot.limitation) text += "\n⚠️ " + escaped(*snapshot.limitation, 500) + "\n";
  return text;
}

std::string errorAnswer(const Error& error) {
  std::string text = "❌ " + escaped(error.message, 1000);
  if (!error.engineCode.empty()) text += " (" + escaped(error.engineCode) + ")";
  text += ".\n";
  if (!error.hint.empty()) text += "\n" + escaped(error.hint, 500) + ".\n";
  return text;
}

}  // namespace mydba::ai
