#include "optimize/propose.h"

#include <algorithm>

#include "base/time_limit.h"
#include "base/wait.h"
#include "optimize/advice.h"
#include "optimize/candidates.h"
#include "optimize/index_trials.h"
#include "optimize/table_definitions.h"
#include "optimize/widen.h"
#include "plan/explain.h"
#include "sql/row_order.h"

namespace mydba::optimize {
namespace {

using Kind = Proposal::Kind;
using Proof = Proposal::Proof;
using Verdict = Comparison::Verdict;

/// A measured plan says more than one that is estimated, but not at any price.
constexpr std::chrono::milliseconds measuredPlan{3000};

/// Measured where the statement may run, and is through in time. `runnable` may be null.
Result<protocol::ExplainResult> planOf(Connection& connection,
                                       const guard::CheckedStatement& statement,
                                       const guard::CheckedStatement* runnable,
                                       const CancelToken& cancel) {
  if (runnable) {
    const TimeLimit limit(cancel, measuredPlan);
    auto tree = plan::explain(connection, *runnable, /*analyze=*/true, limit.token());
    if (tree) return plan::examine(std::move(*tree));
    if (cancel.cancelled()) return cancel.error();
  }
  auto tree = plan::explain(connection, statement, /*analyze=*/false, cancel);
  if (!tree) return tree.error();
  return plan::examine(std::move(*tree));
}

Side sideOf(const protocol::ExplainResult& plan) {
  return {.rows = {}, .ms = {}, .cost = plan.summary.totalCost, .plan = plan.text};
}

/// Tries other texts of one statement.
class Trial {
 public:
  Trial(Connection& connection, const guard::Gate& gate, const guard::Confirm& confirm,
        const Budget& budget, const CancelToken& cancel, Proposals& proposals)
      : connection_(connection),
        gate_(gate),
        confirm_(confirm),
        budget_(budget),
        cancel_(cancel),
        proposals_(proposals),
        end_(Clock::now() + budget.inAll) {}

  /// Of `statement`, which is the user's, or gives the same rows. Null: it cannot be run.
  void tryAll(const std::vector<Candidate>& others, const guard::CheckedStatement* statement,
              const std::string& whyNotRun) {
    for (const Candidate& candidate : others) {
      if (cancel_.cancelled()) return;
      Proposal proposal = proposalOf(candidate);
      const auto after = gate_.admitToExplain(candidate.sql, /*analyze=*/statement, confirm_);
      if (!after) {
        ++proposals_.dropped.failed;
        continue;
      }
      if (!statement) {
        unproven(std::move(proposal), *after, whyNotRun);
      } else if (Clock::now() > end_) {
        unproven(std::move(proposal), *after, "there was no time left to run it");
      } else {
        judge(std::move(proposal), *statement, *after);
      }
    }
  }

 private:
  Proposal proposalOf(const Candidate& candidate) const {
    return {.kind = Kind::rewrite,
            .proof = Proof::unproven,
            .title = candidate.title,
            .sql = candidate.sql,
            .why = candidate.why,
            .citation = candidate.citation,
            .reason = {},
            .holdsWhile = candidate.holdsWhile,
            .before = proposals_.now,
            .after = {}};
  }

  void judge(Proposal proposal, const guard::CheckedStatement& before,
             const guard::CheckedStatement& after) {
    const bool ordered = sql::ordersRows(before.text(), dialectOf(connection_));
    auto compared = compare(connection_, before, after, ordered, budget_.comparison, cancel_);
    if (!compared)
      return unproven(std::move(proposal), after,
                      "the statement itself did not end: " + compared.error().message);
    if (compared->verdict == Verdict::unknown && compared->rowsAfter)
      widen(connection_, before, after, gate_, budget_.comparison, cancel_, *compared);
    proposal.reason = compared->reason;
    proposal.before.rows = compared->rowsBefore;
    proposal.before.ms = compared->msBefore;
    proposal.after.rows = compared->rowsAfter;
    proposal.after.ms = compared->msAfter;
    switch (compared->verdict) {
      case Verdict::different: ++proposals_.dropped.different; return;
      case Verdict::sameNotFaster: ++proposals_.dropped.notFaster; return;
      case Verdict::unknown:
        if (!compared->rowsAfter) {
          ++(compared->tooSlow ? proposals_.dropped.notFaster : proposals_.dropped.failed);
          return;
        }
        break;
      case Verdict::proven: proposal.proof = Proof::proven;
    }
    show(std::move(proposal), after);
  }

  void unproven(Proposal proposal, const guard::CheckedStatement& after, std::string reason) {
    proposal.reason = std::move(reason);
    show(std::move(proposal), after);
  }

  void show(Proposal proposal, const guard::CheckedStatement& after) {
    auto tree = plan::explain(connection_, after, /*analyze=*/false, cancel_);
    if (!tree) {
      ++proposals_.dropped.failed;
      return;
    }
    const auto plan = plan::examine(std::move(*tree));
    proposal.after.cost = plan.summary.totalCost;
    proposal.after.plan = plan.text;
    proposals_.proposals.push_back(std::move(proposal));
  }

  Connection& connection_;
  const guard::Gate& gate_;
  const guard::Confirm& confirm_;
  const Budget& budget_;
  const CancelToken& cancel_;
  Proposals& proposals_;
  const Clock::time_point end_;
};

double gain(const Proposal& proposal) {
  const auto ratio = [](const std::optional<double>& before, const std::optional<double>& after) {
    return before && after && *after > 0 ? *before / *after : 0.0;
  };
  const double measured = ratio(proposal.before.ms, proposal.after.ms);
  return measured > 0 ? measured : ratio(proposal.before.cost, proposal.after.cost);
}

bool isBetter(const Proposal& a, const Proposal& b) {
  const auto rank = [](const Proposal& one) {
    return one.kind == Kind::advice ? 3 : static_cast<int>(one.proof);
  };
  return rank(a) != rank(b) ? rank(a) < rank(b) : gain(a) > gain(b);
}

/// The fastest that is proven, written anew once more: of two flaws each rewrite cures one.
void continueBest(Trial& trial, Proposals& proposals, const guard::Gate& gate,
                  const guard::Confirm& confirm, const sql::Dialect& dialect,
                  const Definitions& definitions) {
  const auto best = std::ranges::find(proposals.proposals, Proof::proven, &Proposal::proof);
  if (best == proposals.proposals.end()) return;
  const Proposal first = *best;
  const auto statement = gate.admitToExplain(first.sql, /*analyze=*/true, confirm);
  if (!statement) return;
  auto others = candidates(first.sql, dialect, definitions);
  std::erase_if(others, [&](const Candidate& candidate) {
    return candidate.title == first.title ||
           std::ranges::find(proposals.proposals, candidate.sql, &Proposal::sql) !=
               proposals.proposals.end();
  });
  const std::size_t known = proposals.proposals.size();
  trial.tryAll(others, &*statement, "");
  // Only what is proved: the rest was judged beside another text than the user's.
  auto& all = proposals.proposals;
  for (std::size_t at = known; at < all.size();) {
    if (all[at].proof != Proof::proven) {
      all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
      continue;
    }
    all[at].title = first.title + "; then: " + all[at].title;
    all[at].before = first.before;
    if (all[at].holdsWhile.empty()) all[at].holdsWhile = first.holdsWhile;
    ++at;
  }
}

}  // namespace

Result<Proposals> propose(Connection& connection, std::string_view sql, const guard::Gate& gate,
                          const guard::Confirm& confirm, const Budget& budget,
                          const CancelToken& cancel) {
  guard::Policy policy = gate.policy();
  policy.readOnly = true;
  const auto& dialect = dialectOf(connection);
  const guard::Gate readOnly(dialect, policy);
  const auto statement = gate.admitToExplain(sql, /*analyze=*/false, confirm);
  if (!statement) return statement.error();
  const auto facts = sql::readStatement(statement->text(), dialect);
  const bool open = !facts.parameters.empty();
  const auto admitted = readOnly.admitToExplain(sql, /*analyze=*/true, confirm);
  const guard::CheckedStatement* runnable = admitted && !open ? &*admitted : nullptr;
  const auto planned = planOf(connection, *statement, runnable, cancel);
  if (!planned) return planned.error();
  const auto& plan = *planned;
  Proposals proposals;
  proposals.now = sideOf(plan);
  tryIndexes(connection, *statement, plan.findings, proposals, cancel);
  const auto definitions = tableDefinitions(connection, facts, plan.tree, cancel);
  Trial trial(connection, readOnly, confirm, budget, cancel, proposals);
  trial.tryAll(candidates(statement->text(), dialect, definitions), runnable,
               open ? "the statement has placeholders, so it was not run"
                    : "the statement was not run: it is not proved to read only");
  std::ranges::stable_sort(proposals.proposals, isBetter);
  continueBest(trial, proposals, readOnly, confirm, dialect, definitions);
  addAdvice(plan.findings, proposals);
  if (cancel.cancelled()) return cancel.error();
  std::ranges::stable_sort(proposals.proposals, isBetter);
  return proposals;
}

}  // namespace mydba::optimize
