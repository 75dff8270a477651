// /profile, /compare: statements that are run, on a connection that the server keeps read-only.

#include "ai/answers.h"
#include "ai/markdown.h"
#include "engines/engine.h"
#include "optimize/compare.h"
#include "plan/compare.h"
#include "plan/grade.h"
#include "profile/profile.h"
#include "server/chat/commands.h"
#include "server/chat/model_turn.h"
#include "server/server.h"
#include "sql/row_order.h"
#include "sql/splitter.h"

namespace mydba::server::chat {
namespace {

using optimize::Comparison;
using protocol::ChatAction;
using protocol::ChatCommand;

/// The statement, judged as one that is run; `refused` unless it is a proved read.
Result<guard::CheckedStatement> admitted(Turn& turn, const std::string& sql) {
  const auto gate = turn.readingGate();
  if (!gate) return gate.error();
  return gate->admitToExplain(sql, /*analyze=*/true, {});
}

Result<protocol::Profile> profileOf(Turn& turn, const std::string& sql) {
  const auto statement = admitted(turn, sql);
  if (!statement) return statement.error();
  turn.progress("Running the statement, read-only");
  return turn.onTools<protocol::Profile>(
      [statement = *statement, cancel = turn.call().cancel()](Connection& connection) {
        return profile::run(connection, statement, /*enableInstruments=*/false, {}, cancel);
      });
}

std::string_view verdictOf(const Comparison& comparison) {
  switch (comparison.verdict) {
    case Comparison::Verdict::proven: return "✅ proven";
    case Comparison::Verdict::sameNotFaster: return "➖ no better";
    case Comparison::Verdict::different: return "🛑 different";
    case Comparison::Verdict::unknown: break;
  }
  return "❔ not to be told";
}

std::string milliseconds(const std::optional<double>& value) {
  if (!value) return "";
  char text[64];
  std::snprintf(text, sizeof text, "%.2f ms", *value);
  return text;
}

std::string comparisonAnswer(const Comparison& comparison) {
  std::string text = "**" + std::string(verdictOf(comparison)) +
                     "** · The second statement: " + ai::sentence(comparison.reason) + "\n\n";
  const auto rows = [](const std::optional<std::int64_t>& count) {
    return count ? plan::groupedNumber(static_cast<double>(*count)) : std::string();
  };
  return text + "| | rows | median time |\n| --- | --- | --- |\n| first | " +
         rows(comparison.rowsBefore) + " | " + milliseconds(comparison.msBefore) +
         " |\n| second | " + rows(comparison.rowsAfter) + " | " + milliseconds(comparison.msAfter) +
         " |\n\nOn the data of today: other data could give "
         "other rows.\n";
}

/// As a finding, so that a model is told the verdict word for word.
protocol::Finding findingOf(const Comparison& comparison) {
  protocol::Finding finding;
  finding.id = "comparison";
  finding.title = "The second statement: " + std::string(verdictOf(comparison));
  finding.message = comparison.reason;
  finding.confidence = protocol::Confidence::certain;
  if (comparison.msBefore)
    finding.evidence.push_back({.name = "first, ms", .value = milliseconds(comparison.msBefore)});
  if (comparison.msAfter)
    finding.evidence.push_back({.name = "second, ms", .value = milliseconds(comparison.msAfter)});
  return finding;
}

/// Two statements of a text; nothing when there are not two.
std::optional<std::pair<std::string, std::string>> twoOf(const std::string& text,
                                                         const sql::Dialect& dialect) {
  const auto ranges = sql::split(text, dialect);
  if (ranges.size() != 2) return std::nullopt;
  return std::pair(text.substr(ranges[0].start, ranges[0].end - ranges[0].start),
                   text.substr(ranges[1].start, ranges[1].end - ranges[1].start));
}

}  // namespace

void profile(Turn& turn) {
  if (!turn.connected()) return;
  const auto sql = wantedStatement(turn, "profile");
  if (!sql) return;
  const auto cite = [&turn](const protocol::Citation& citation) { return turn.cite(citation); };
  const auto run = profileOf(turn, *sql);
  if (run) {
    turn.say(ai::profileAnswer(*run, cite));
    turn.facts.findings = run->findings;
    if (run->plan) turn.facts.plans.push_back(*run->plan);
    turn.findDocuments("profile of a statement: where its time goes, slow query", 3);
  } else {
    turn.fail(run.error());
    turn.findDocuments("measure where the time of a query goes " + run.error().message, 3);
  }
  askModel(turn, "profile");
  turn.offer({.title = "Open the profile", .action = ChatAction::openProfile, .sql = *sql});
  turn.followUp(ChatCommand::optimize, "Make it faster");
}

void showComparison(Turn& turn, const std::string& before, const std::string& after) {
  const auto session = turn.session();
  if (!session) return turn.fail(session.error());
  const auto first = admitted(turn, before);
  if (!first) return turn.fail(first.error());
  const auto second = admitted(turn, after);
  if (!second) return turn.fail(second.error());
  turn.progress("Running both in turns, read-only");
  const bool ordered = sql::ordersRows(before, (*session)->dialect());
  const auto comparison =
      turn.onTools<Comparison>([first = *first, second = *second, ordered,
                                cancel = turn.call().cancel()](Connection& connection) {
        return optimize::compare(connection, first, second, ordered, {}, cancel);
      });
  if (!comparison) return turn.fail(comparison.error());
  turn.say(comparisonAnswer(*comparison));
  turn.facts.findings.push_back(findingOf(*comparison));
}

void compare(Turn& turn) {
  if (!turn.connected()) return;
  const auto session = turn.session();
  if (!session) return turn.fail(session.error());
  const auto text = turn.statement();
  const auto two = text ? twoOf(*text, (*session)->dialect()) : std::nullopt;
  if (!two) {
    turn.say(
        "Which two statements? Type them behind `/compare` with a `;` between them, or select both "
        "in an editor and ask again.\n");
    turn.findDocuments("rewriting a query: same rows, faster; measuring a query", 3);
    return;
  }
  turn.facts.sql = text;
  showComparison(turn, two->first, two->second);
  for (const auto* sql : {&two->first, &two->second})
    if (auto plan = planOf(turn, *sql)) turn.facts.plans.push_back(std::move(*plan));
  if (turn.facts.plans.size() == 2)
    turn.say("\n**First plan**\n" + ai::codeBlock("", turn.facts.plans[0].text, 4000) +
             "\n**Second plan**\n" + ai::codeBlock("", turn.facts.plans[1].text, 4000));
  turn.findDocuments("rewriting a query: same rows, faster; measuring a query", 3);
  askModel(turn, "compare");
  turn.offer({.title = "Open the first plan", .action = ChatAction::openPlan, .sql = two->first});
  turn.offer({.title = "Open the second plan", .action = ChatAction::openPlan, .sql = two->second});
}

}  // namespace mydba::server::chat
