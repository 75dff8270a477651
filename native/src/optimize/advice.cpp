#include "optimize/advice.h"

namespace mydba::optimize {
namespace {

constexpr int most = 3;

bool proposesIndex(const protocol::Finding& finding) {
  for (const auto& remedy : finding.remedies)
    if (remedy.createsIndex.value_or(false)) return true;
  return false;
}

}  // namespace

void addAdvice(const std::vector<protocol::Finding>& findings, Proposals& proposals) {
  int count = 0;
  for (const auto& finding : findings) {
    if (count == most) return;
    if (finding.severity == protocol::Severity::info || finding.advice.empty() ||
        proposesIndex(finding))
      continue;
    ++count;
    proposals.proposals.push_back(
        {.kind = Proposal::Kind::advice,
         .proof = Proposal::Proof::unproven,
         .title = finding.title,
         .sql = {},
         .why = finding.message + (finding.message.ends_with('.') ? " " : ". ") + finding.advice,
         .citation = finding.citation,
         .reason = "advice from the plan: there is nothing to run",
         .holdsWhile = {},
         .before = {},
         .after = {}});
  }
}

}  // namespace mydba::optimize
