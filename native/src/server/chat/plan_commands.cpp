// /explain, /analyze: a statement and its plan, which is not run.

#include "ai/answers.h"
#include "engines/engine.h"
#include "server/chat/commands.h"
#include "server/chat/model_turn.h"

namespace mydba::server::chat {
namespace {

using protocol::ChatAction;
using protocol::ChatCommand;

/// Words to find documents by: what the findings are about, and the steps of the plan.
std::string subjectOf(const protocol::ExplainResult& plan) {
  std::string words = plan.tree.root.operation;
  for (const auto& finding : plan.findings) words += " " + finding.title;
  return words;
}

/// Shows the plan, or why there is none; true when there is one.
bool showPlan(Turn& turn, const std::string& sql) {
  auto plan = planOf(turn, sql);
  if (!plan) {
    turn.fail(plan.error());
    // Where there are no plans the statement itself says what it is about.
    turn.findDocuments(plan.error().code == ErrorCode::unsupported
                           ? "slow command blocks the server: " + sql
                           : plan.error().engineCode + " " + plan.error().message,
                       3);
    return false;
  }
  const auto cite = [&turn](const protocol::Citation& citation) { return turn.cite(citation); };
  const Engine* engine = findEngine(plan->engine);
  turn.say(ai::planAnswer(*plan, engine ? engine->descriptor().title : plan->engine, cite));
  const std::string subject = subjectOf(*plan);
  turn.facts.plans.push_back(std::move(*plan));
  turn.findDocuments(subject, 4);
  turn.offer({.title = "Open the plan", .action = ChatAction::openPlan, .sql = sql});
  return true;
}

}  // namespace

void explain(Turn& turn) {
  if (!turn.connected()) return;
  const auto sql = wantedStatement(turn, "explain");
  if (!sql) return;
  const bool planned = showPlan(turn, *sql);
  askModel(turn, "explain");
  if (!planned) return;
  turn.offer({.title = "Run the statement", .action = ChatAction::runQuery, .sql = *sql});
  turn.followUp(ChatCommand::optimize, "Make it faster");
  turn.followUp(ChatCommand::profile, "Where does its time go?");
}

void analyze(Turn& turn) {
  if (!turn.connected()) return;
  const auto sql = wantedStatement(turn, "analyze");
  if (!sql) return;
  turn.facts.findings = lintFindings(turn, *sql);
  const auto cite = [&turn](const protocol::Citation& citation) { return turn.cite(citation); };
  turn.say("**The text**\n\n" + (turn.facts.findings.empty()
                                     ? std::string("None of the rules for SQL text finds anything "
                                                   "wrong in it.\n\n")
                                     : ai::findingsAnswer(turn.facts.findings, cite) + "\n"));
  if (const auto tables = tableFindings(turn, *sql); !tables) {
    turn.say(ai::errorAnswer(tables.error()));
  } else if (!tables->empty()) {
    turn.say("**Its tables**\n\n" + ai::findingsAnswer(*tables, cite) + "\n");
    turn.facts.findings.insert(turn.facts.findings.end(), tables->begin(), tables->end());
  }
  const bool planned = showPlan(turn, *sql);
  askModel(turn, "analyze");
  if (planned) turn.followUp(ChatCommand::optimize, "Make it faster");
  turn.followUp(ChatCommand::explain, "Explain its plan");
}

}  // namespace mydba::server::chat
