#include <algorithm>
#include <chrono>
#include <vector>

#include "base/wait.h"
#include "dispatch.h"
#include "plan/what_if.h"
#include "server/ask.h"
#include "server/server.h"

namespace mydba::server::handlers {
namespace {

constexpr std::chrono::hours longestQuestion{24};

/// The indexes that are really built to see what they would do: let through the gate and entered in
/// the audit log like any other, and taken back by the engine.
class TriedIndexes {
 public:
  explicit TriedIndexes(Call& call)
      : call_(call),
        gate_(call.server().gateOf(call.session())),
        audit_(call.server().auditTrail(protocol::AuditActor::editor, call.session().profile())) {}

  Result<void> admit(const sql::IndexWish& wish) {
    auto judged = audit_.judge(gate_, wish.text());
    if (!judged) return judged.error();
    const auto confirm = yesOrNo(call_, call_.session(), protocol::AuditActor::editor);
    for (auto& statement : *judged) {
      const auto checked = audit_.admit(gate_, std::move(statement), confirm);
      if (!checked) return checked.error();
      start_ = Clock::now();
      const auto began = audit_.begins(*checked);
      if (!began) return began.error();
      began_.push_back(*began);
    }
    return {};
  }

  void ended(const Result<void>& outcome) const {
    for (const auto& began : began_) audit_.tookBack(began, outcome, millisecondsSince(start_));
  }

 private:
  Call& call_;
  const guard::Gate gate_;
  const store::AuditTrail audit_;
  Clock::time_point start_ = Clock::now();  // of the work, behind the last answer
  std::vector<std::optional<store::AuditBeginning>> began_;
};

}  // namespace

Result<protocol::WhatIfResult> whatifIndexes(Call& call, const protocol::WhatIfParams& params) {
  const auto connection = call.connection();
  if (!connection) return connection.error();
  const auto limit = params.timeoutMs.value_or(60000);
  const auto statement = admitToExplain(call, params.sql, /*analyze=*/false, limit);
  if (!statement) return statement.error();
  TriedIndexes tried(call);
  auto result = plan::whatIf(
      **connection, *statement, params.indexes, params.method,
      [&](const sql::IndexWish& wish) {
        // The user takes his time to answer, and the work begins with the answer.
        call.timeoutAfter(longestQuestion);
        auto admitted = tried.admit(wish);
        call.timeoutAfter(std::min(std::chrono::milliseconds(std::max<std::int64_t>(limit, 1)),
                                   std::chrono::milliseconds(longestQuestion)));
        return admitted;
      },
      call.cancel());
  tried.ended(result ? Result<void>() : Result<void>(result.error()));
  return result;
}

}  // namespace mydba::server::handlers
