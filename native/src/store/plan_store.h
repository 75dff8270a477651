#pragma once

// The plans that statements had, so that a plan that got worse is noticed and can be looked at
// beside the one before. A statement is known by its fingerprint, a plan by its shape. Nothing here
// holds a value of a statement: plans are kept masked (plan/mask.h).
//
// It holds the newest five thousand, and all that are pinned. One thread at a time; several
// processes may have the file open.

#include <optional>
#include <string>
#include <vector>

#include "store/database.h"
#include "types.h"

namespace mydba::store {

/// `$MYDBA_PLAN_FILE`, else plans.db in the user's data folder.
Result<std::string> planFile();

/// Whose plans: a statement on a connection.
struct PlanKey {
  std::string connection;   ///< URL without a password
  std::string fingerprint;  ///< hash of sql::fingerprint
};

class PlanStore {
 public:
  static Result<PlanStore> open(const std::string& path);

  /// The newest first.
  Result<std::vector<protocol::PlanRecord>> records(const PlanKey& key);
  /// Counts a plan as its reader gave it, or keeps one that has not been seen.
  Result<void> add(const PlanKey& key, const protocol::PlanTree& tree);
  /// `invalidParams` when it is gone.
  Result<protocol::PlanTree> recall(std::int64_t id);
  Result<void> pin(std::int64_t id, bool pinned);

 private:
  explicit PlanStore(Database database) : database_(std::move(database)) {}
  Result<std::string> timesWith(const PlanKey& key, const std::string& shape, double ms);

  Database database_;
};

}  // namespace mydba::store
