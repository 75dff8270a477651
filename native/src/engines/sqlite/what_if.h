#pragma once

#include "engines/engine.h"
#include "engines/sqlite/session.h"

namespace mydba::sqlite {

/// Plans with indexes that are not there, in a copy in memory (schema_copy.h). Lane's thread.
class SqliteWhatIf final : public WhatIf {
 public:
  /// `session` must outlive it.
  explicit SqliteWhatIf(Session& session) : session_(session) {}

  Result<std::vector<protocol::WhatIfWay>> ways(const CancelToken& cancel) override;
  Result<WhatIfPlans> plan(const guard::CheckedStatement& statement,
                           std::span<const sql::IndexWish> indexes, protocol::WhatIfMethod method,
                           const CancelToken& cancel) override;

 private:
  Session& session_;
};

}  // namespace mydba::sqlite
