#include "ai/chat/process_facts.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <string>

#include "rag/document.h"

namespace mydba::ai {
namespace {

using protocol::Finding;
using protocol::Process;
using protocol::Severity;

constexpr double idleSeconds = 60;
constexpr double longSeconds = 60;
constexpr std::size_t mostFindings = 12;

std::string seconds(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.0f s", value);
  return text;
}

/// The first of the topics that the engine has a document on: one may be of several engines.
protocol::Citation citing(std::string_view engine, std::initializer_list<std::string_view> topics) {
  for (const std::string_view topic : topics)
    for (const rag::Document& document : rag::documents()) {
      const bool of = document.engine == "all" || document.engine.find(engine) != std::string::npos;
      if (of && document.anchor.substr(document.anchor.rfind('/') + 1) == topic)
        return {.anchor = std::string(document.anchor),
                .title = std::string(document.title),
                .url = std::string(document.url)};
    }
  return {};
}

Finding about(std::string id, Severity severity, std::string title, std::string message,
              std::string advice, protocol::Citation citation) {
  return {.id = std::move(id),
          .severity = severity,
          .title = std::move(title),
          .message = std::move(message),
          .advice = std::move(advice),
          .nodeId = {},
          .confidence = protocol::Confidence::certain,
          .impact = {},
          .remedies = {},
          .evidence = {},
          .citation = std::move(citation)};
}

/// Sessions that wait, directly or behind others, for each that waits for nobody.
std::map<std::string, std::set<std::string>> waitersOfRoots(const std::vector<Process>& processes) {
  std::map<std::string, const Process*> byId;
  for (const Process& process : processes) byId[process.id] = &process;
  std::map<std::string, std::set<std::string>> waiters;
  for (const Process& process : processes) {
    if (process.blockedBy.empty()) continue;
    std::set<std::string> seen = {process.id};
    std::vector<std::string> open = process.blockedBy;
    while (!open.empty()) {
      const std::string id = std::move(open.back());
      open.pop_back();
      if (!seen.insert(id).second) continue;
      const auto holder = byId.find(id);
      if (holder == byId.end() || holder->second->blockedBy.empty())
        waiters[id].insert(process.id);
      else
        open.insert(open.end(), holder->second->blockedBy.begin(), holder->second->blockedBy.end());
    }
  }
  return waiters;
}

}  // namespace

std::vector<Finding> processFacts(const protocol::ProcessSnapshot& snapshot,
                                  std::string_view engine) {
  std::vector<Finding> findings;
  for (const auto& [root, waiting] : waitersOfRoots(snapshot.processes)) {
    std::string list;
    for (const auto& id : waiting) list += (list.empty() ? "" : ", ") + id;
    Finding finding = about(
        "blocking-session", Severity::critical, "Session " + root + " holds up others",
        "it waits for nobody, and " + std::to_string(waiting.size()) +
            (waiting.size() == 1 ? " session waits" : " sessions wait") + " behind it: " + list,
        "look at what it runs and since when; ending it lets the others go on and rolls its work "
        "back",
        citing(engine, {"blocking-sessions", "lock-waits", "deadlocks"}));
    finding.evidence.push_back({.name = "waiting", .value = std::to_string(waiting.size())});
    findings.push_back(std::move(finding));
  }
  for (const Process& process : snapshot.processes) {
    if (process.own || findings.size() >= mostFindings) continue;
    const double open = process.transactionSeconds.value_or(0);
    if (!process.active && open >= idleSeconds)
      findings.push_back(
          about("idle-in-transaction", Severity::warning,
                "Session " + process.id + " keeps a transaction open",
                "it has done nothing while its transaction is open for " + seconds(open),
                "its application should commit; until then it keeps its locks and old row versions",
                citing(engine, {"idle-in-transaction", "long-transactions"})));
    if (process.active && process.blockedBy.empty() && process.seconds.value_or(0) >= longSeconds)
      findings.push_back(about(
          "long-running-statement", Severity::warning,
          "Session " + process.id + " runs one statement for long",
          "for " + seconds(*process.seconds) + " now", "look at its plan before you end it",
          citing(engine, {"pg-stat-activity", "processlist-states", "finding-slow-queries"})));
  }
  if (findings.size() > mostFindings) findings.resize(mostFindings);
  return findings;
}

}  // namespace mydba::ai
