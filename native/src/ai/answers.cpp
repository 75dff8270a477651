#include "ai/answers.h"

#include <algorithm>
#include <cmath>
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
  return "I am **MyDBA**. What I say is computed from your database and its engine's documents; a "
         "model, if you set one up, adds words to it and never sees a row:\n\n"
         "- ask in your own words: `orders of last week by customer`, `why is autovacuum slow`\n"
         "- `/explain`: the plan of a statement, with what is wrong in it: `/explain SELECT …`, or "
         "put the cursor on a statement\n"
         "- `/analyze`: a review of a statement: its text, then its plan\n"
         "- `/optimize`: faster ways to write it and indexes for it, tried on your database\n"
         "- `/profile`: runs it, read-only, and tells where its time goes\n"
         "- `/compare`: whether two statements give the same rows, and which is faster\n"
         "- `/schema`: what is in this database; `/schema orders` describes one object\n"
         "- `/processlist`: who is connected, what runs, who waits for whom\n"
         "- `/variables`: settings that matter; `/variables work_mem` explains one\n"
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

std::string sentence(std::string_view text) {
  while (text.ends_with('.')) text.remove_suffix(1);
  return escaped(text, 800) + ".";
}

std::string findingsAnswer(std::span<const protocol::Finding> findings, const Cite& cite) {
  std::string text;
  for (const auto& finding : findings) {
    text += "- **" + std::string(mark(finding.severity)) + ": " + escaped(finding.title) + "**. " +
            sentence(finding.message);
    if (!finding.advice.empty()) text += " " + sentence(finding.advice);
    text += cite(finding.citation) + "\n";
  }
  return text;
}

std::string planAnswer(const protocol::ExplainResult& plan, std::string_view flavour,
                       const Cite& cite) {
  std::string text = "**Plan** of " + escaped(flavour) + " " + escaped(plan.version) + ": " +
                     summaryLine(plan) + ".\n\n";
  text += plan.findings.empty() ? "Nothing stands out in this plan.\n"
                                : findingsAnswer(plan.findings, cite);
  return text + codeBlock("", plan.text);
}

std::string profileAnswer(const protocol::Profile& profile, const Cite& cite) {
  constexpr std::size_t shownStages = 8;
  std::string text = "**Run** of " + milliseconds(profile.totals.totalMs);
  if (profile.totals.rows) text += ", " + plan::groupedNumber(*profile.totals.rows) + " rows";
  if (profile.totals.rowsExamined)
    text += ", " + plan::groupedNumber(*profile.totals.rowsExamined) + " rows read";
  if (profile.totals.planningMs) text += ", planned in " + milliseconds(*profile.totals.planningMs);
  text += ".\n\n";
  std::vector<protocol::ProfileStage> stages = profile.stages;
  std::stable_sort(stages.begin(), stages.end(),
                   [](const auto& a, const auto& b) { return a.durationMs > b.durationMs; });
  if (stages.size() > shownStages) stages.resize(shownStages);
  if (!stages.empty()) text += "| part | time |\n| --- | --- |\n";
  for (const auto& stage : stages)
    text += "| " + escaped(stage.name) + " | " + milliseconds(stage.durationMs) + " |\n";
  text += "\n" + findingsAnswer(profile.findings, cite);
  for (const auto& wait : profile.waits)
    text += "- waited: " + escaped(wait.event) + ", " +
            plan::groupedNumber(std::round(wait.share * 100)) + " % of the time\n";
  for (const auto& missing : profile.unavailable)
    text +=
        "\nNot available: " + escaped(missing.what) + ": " + escaped(missing.reason, 500) + ".\n";
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
  // What an engine does not have is a fact and no failure.
  const bool isFact = error.code == ErrorCode::unsupported;
  std::string text = (isFact ? "ℹ️ " : "❌ ") + escaped(error.message, 1000);
  if (!error.engineCode.empty()) text += " (" + escaped(error.engineCode) + ")";
  text += ".\n";
  if (!error.hint.empty()) text += "\n" + escaped(error.hint, 500) + ".\n";
  return text;
}

}  // namespace mydba::ai
