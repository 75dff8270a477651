#include "optimize/index_trials.h"

#include <algorithm>

#include "engines/engine.h"
#include "plan/what_if.h"

namespace mydba::optimize {
namespace {

/// Each trial takes the time of two plans, and where the catalogue is copied, of that.
constexpr std::size_t mostIndexes = 4;

using protocol::PlanOutcome;
using protocol::WhatIfResult;

std::vector<Proposal> wished(const std::vector<protocol::Finding>& findings, const Side& now) {
  std::vector<Proposal> wishes;
  for (const auto& finding : findings)
    for (const auto& remedy : finding.remedies) {
      if (!remedy.createsIndex.value_or(false) || !remedy.sql || wishes.size() == mostIndexes)
        continue;
      if (std::ranges::find(wishes, *remedy.sql, &Proposal::sql) != wishes.end()) continue;
      wishes.push_back({.kind = Proposal::Kind::index,
                        .proof = Proposal::Proof::unproven,
                        .title = remedy.title,
                        .sql = *remedy.sql,
                        .why = finding.message,
                        .citation = finding.citation,
                        .reason = {},
                        .holdsWhile = {},
                        .before = now,
                        .after = {}});
    }
  return wishes;
}

/// Why nothing that leaves the server alone could be done.
std::string whyNot(const WhatIfResult& result) {
  for (const auto& way : result.ways)
    if (!way.unavailable && way.touches)
      return "it was not tried: every way to try an index here does something to the server";
  std::string why = "it cannot be tried here";
  for (const auto& way : result.ways)
    if (way.unavailable) return why + ": " + *way.unavailable;
  return why;
}

/// Fills in what the trial says; false when it speaks against the index.
bool judge(const WhatIfResult& result, Proposal& proposal) {
  if (!result.before || !result.after) {
    proposal.reason = whyNot(result);
    return true;
  }
  proposal.before.cost = result.before->summary.totalCost;
  proposal.after.cost = result.after->summary.totalCost;
  proposal.after.plan = result.after->text;
  const bool used = std::ranges::all_of(result.indexes, &protocol::WhatIfIndex::used);
  const auto outcome =
      result.comparison ? result.comparison->verdict.outcome : PlanOutcome::unclear;
  if (!used || outcome == PlanOutcome::worse || outcome == PlanOutcome::same) return false;
  proposal.proof = Proposal::Proof::planned;
  proposal.reason = outcome == PlanOutcome::better
                        ? "the planner takes it and expects less work; nothing was measured"
                        : "the planner takes it; it states no cost, and nothing was measured";
  return true;
}

}  // namespace

void tryIndexes(Connection& connection, const guard::CheckedStatement& statement,
                const std::vector<protocol::Finding>& findings, Proposals& proposals,
                const CancelToken& cancel) {
  const plan::AdmitIndex never = [](const sql::IndexWish&) -> Result<void> {
    return Error{.code = ErrorCode::refused, .message = "nothing is built"};
  };
  for (Proposal& proposal : wished(findings, proposals.now)) {
    if (cancel.cancelled()) return;
    const auto result =
        plan::whatIf(connection, statement, {proposal.sql}, std::nullopt, never, cancel);
    if (!result && result.error().code != ErrorCode::unsupported) {
      ++proposals.dropped.failed;
    } else if (!result) {
      proposal.reason = "it cannot be tried here: " + result.error().message;
      proposals.proposals.push_back(std::move(proposal));
    } else if (judge(*result, proposal)) {
      proposals.proposals.push_back(std::move(proposal));
    } else {
      ++proposals.dropped.notUsed;
    }
  }
}

}  // namespace mydba::optimize
