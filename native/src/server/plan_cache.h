#pragma once

// Plans of a session's statements in their short form, for a minute: a list of statements that is
// shown again need not be planned again. A plan of a moment ago may be wrong after anything that
// this session did but read, so then all are dropped; what others do is what the minute is for.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "base/wait.h"
#include "guard/verdict.h"
#include "sql/dialect.h"
#include "types.h"

namespace mydba::server {

/// Only on the lane of its session's user connection.
class PlanCache {
 public:
  static constexpr std::chrono::seconds freshness{60};
  static constexpr std::size_t mostPlans = 2000;

  /// Gives `statement` its plan, and says how old it is. False when there is none.
  bool recall(protocol::WorkloadStatement& statement, bool analyze,
              Clock::time_point now = Clock::now()) const;
  /// Keeps a plan of the server's; one that is no plan, or was to be measured and was not, is not
  /// kept. When there are too many the oldest goes.
  void keep(const protocol::WorkloadStatement& statement, bool analyze,
            Clock::time_point now = Clock::now());
  /// Before a statement is run: drops all, unless it is proved to read and sets nothing.
  void noteRun(std::string_view sql, const guard::Verdict& verdict, const sql::Dialect& dialect);
  void clear() { plans_.clear(); }
  std::size_t size() const { return plans_.size(); }

 private:
  using Key = std::tuple<std::string, std::string, bool>;  // statement, schema, analyze
  struct Kept {
    protocol::WorkloadStatement statement;
    Clock::time_point since;
  };
  static Key keyOf(const protocol::WorkloadStatement& statement, bool analyze);

  std::map<Key, Kept> plans_;
};

}  // namespace mydba::server
