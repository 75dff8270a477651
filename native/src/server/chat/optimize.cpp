// /optimize: what would make a statement faster, tried on the read-only connection.

#include "ai/answers.h"
#include "ai/markdown.h"
#include "engines/engine.h"
#include "optimize/propose.h"
#include "plan/grade.h"
#include "server/chat/commands.h"
#include "server/chat/model_turn.h"
#include "server/server.h"

namespace mydba::server::chat {
namespace {

using optimize::Proposal;
using protocol::ChatAction;

constexpr std::size_t shownProposals = 5;

std::string_view proofWord(const Proposal& proposal) {
  // There is nothing to prove of what is not SQL.
  if (proposal.kind == Proposal::Kind::advice) return "ℹ️ advice";
  switch (proposal.proof) {
    case Proposal::Proof::proven: return "✅ proven";
    case Proposal::Proof::planned: return "🔎 planned";
    case Proposal::Proof::unproven: break;
  }
  return "❔ unproven";
}

std::string change(const std::optional<double>& before, const std::optional<double>& after,
                   std::string_view unit) {
  if (!before || !after) return {};
  char text[128];
  std::snprintf(text, sizeof text, "%.4g → %.4g %.*s", *before, *after,
                static_cast<int>(unit.size()), unit.data());
  return text;
}

std::string numbersOf(const Proposal& proposal) {
  const std::string ms = change(proposal.before.ms, proposal.after.ms, "ms");
  const std::string cost = change(proposal.before.cost, proposal.after.cost, "planner's cost");
  return ms + (ms.empty() || cost.empty() ? "" : ", ") + cost;
}

/// As a finding, so that a model is told of it like of any other fact.
protocol::Finding findingOf(const Proposal& proposal) {
  protocol::Finding finding;
  finding.id = "proposal";
  finding.title = std::string(proofWord(proposal)) + ": " + proposal.title;
  finding.message = proposal.why;
  if (proposal.kind != Proposal::Kind::advice) finding.advice = proposal.reason;
  finding.confidence = proposal.proof == Proposal::Proof::proven ? protocol::Confidence::certain
                                                                 : protocol::Confidence::likely;
  finding.citation = proposal.citation;
  if (const std::string numbers = numbersOf(proposal); !numbers.empty())
    finding.evidence.push_back({.name = "measured", .value = numbers});
  return finding;
}

void offer(Turn& turn, const Proposal& proposal, const std::string& sql) {
  if (proposal.sql.empty()) return;
  if (proposal.kind == Proposal::Kind::index)
    return turn.offer(
        {.title = "Create the index…", .action = ChatAction::createIndex, .sql = proposal.sql});
  if (proposal.kind == Proposal::Kind::rewrite && proposal.proof == Proposal::Proof::proven)
    turn.offer({.title = "Apply to the editor",
                .action = ChatAction::applySql,
                .sql = proposal.sql,
                .replaces = sql});
}

void show(Turn& turn, const Proposal& proposal, const std::string& sql) {
  std::string text = "### " + std::string(proofWord(proposal)) + ": " +
                     ai::escaped(proposal.title, 300) + "\n\n" + ai::sentence(proposal.why) +
                     turn.cite(proposal.citation) + "\n";
  if (!proposal.sql.empty()) text += ai::codeBlock("sql", proposal.sql);
  const std::string numbers = numbersOf(proposal);
  if (proposal.kind != Proposal::Kind::advice)
    text += "\n" + (numbers.empty() ? "In short: " : ai::escaped(numbers) + ": ") +
            ai::sentence(proposal.reason) + "\n";
  if (!proposal.holdsWhile.empty())
    text += "\nThe same rows while " + ai::escaped(proposal.holdsWhile, 500) + ".\n";
  if (!proposal.before.plan.empty() && !proposal.after.plan.empty())
    text += "\nBefore:\n" + ai::codeBlock("", proposal.before.plan, 3000) + "\nAfter:\n" +
            ai::codeBlock("", proposal.after.plan, 3000);
  turn.say(text + "\n");
  offer(turn, proposal, sql);
}

std::string droppedLine(const optimize::Dropped& dropped) {
  const int tried = dropped.different + dropped.notFaster + dropped.failed + dropped.notUsed;
  if (tried == 0) return {};
  return "\nTried and not shown: " + std::to_string(dropped.different) + " with other rows, " +
         std::to_string(dropped.notFaster) + " not faster, " + std::to_string(dropped.notUsed) +
         " indexes that the planner does not want, " + std::to_string(dropped.failed) +
         " that do not run here.\n";
}

Result<optimize::Proposals> proposalsFor(Turn& turn, const std::string& sql) {
  const auto gate = turn.readingGate();
  if (!gate) return gate.error();
  turn.progress("Trying other ways on the read-only connection");
  return turn.onTools<optimize::Proposals>(
      [sql, gate = *gate, cancel = turn.call().cancel()](Connection& connection) {
        return optimize::propose(connection, sql, gate, {}, {}, cancel);
      });
}

}  // namespace

void optimize(Turn& turn) {
  if (!turn.connected()) return;
  const auto sql = wantedStatement(turn, "optimize");
  if (!sql) return;
  auto plan = planOf(turn, *sql);
  if (plan) turn.facts.plans.push_back(std::move(*plan));
  const auto found = plan || plan.error().code != ErrorCode::unsupported
                         ? proposalsFor(turn, *sql)
                         : Result<optimize::Proposals>(plan.error());
  if (!found) {
    turn.fail(found.error());
    turn.findDocuments("slow query " + found.error().message, 3);
  } else {
    const auto& proposals = found->proposals;
    if (proposals.empty())
      turn.say("Nothing that was tried makes this statement faster with the same rows.\n");
    for (std::size_t i = 0; i < std::min(proposals.size(), shownProposals); ++i) {
      show(turn, proposals[i], *sql);
      turn.facts.findings.push_back(findingOf(proposals[i]));
    }
    turn.say(droppedLine(found->dropped));
    turn.findDocuments(
        proposals.empty() ? "make a slow query faster with an index" : proposals.front().title, 3);
  }
  askModel(turn, "optimize");
  turn.offer({.title = "Open the plan", .action = ChatAction::openPlan, .sql = *sql});
  turn.followUp(protocol::ChatCommand::explain, "Explain its plan");
}

}  // namespace mydba::server::chat
