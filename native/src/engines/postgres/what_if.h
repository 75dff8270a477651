#pragma once

#include <functional>
#include <map>
#include <string>

#include "engines/postgres/explainer.h"
#include "engines/postgres/session.h"

namespace mydba::postgres {

/// Plans with indexes that are not there: imagined by HypoPG, or built in a transaction that is
/// rolled back. Everything happens in such a transaction, below a savepoint where the user has one
/// open; hypothetical indexes, which outlive it, are dropped but for the user's own. Lane's thread.
class PostgresWhatIf final : public WhatIf {
 public:
  /// Both outlive this object.
  PostgresWhatIf(Session& session, PostgresExplainer& explainer)
      : session_(session), explainer_(explainer) {}

  Result<std::vector<protocol::WhatIfWay>> ways(const CancelToken& cancel) override;
  Result<WhatIfPlans> plan(const guard::CheckedStatement& statement,
                           std::span<const sql::IndexWish> indexes, protocol::WhatIfMethod method,
                           const CancelToken& cancel) override;

 private:
  /// Names that plans have for indexes that were tried, and what to call them.
  using Renamings = std::map<std::string, std::string>;
  using Make = std::function<Result<protocol::WhatIfIndex>(const sql::IndexWish&, Renamings&)>;

  Result<WhatIfPlans> imagined(const guard::CheckedStatement& statement,
                               std::span<const sql::IndexWish> indexes, const CancelToken& cancel);
  Result<WhatIfPlans> built(const guard::CheckedStatement& statement,
                            std::span<const sql::IndexWish> indexes, const CancelToken& cancel);
  Result<WhatIfPlans> planned(const guard::CheckedStatement& statement,
                              std::span<const sql::IndexWish> indexes, const Make& make,
                              const CancelToken& cancel);
  Result<protocol::WhatIfIndex> imagine(const sql::IndexWish& wish, const std::string& schema,
                                        Renamings& names, const CancelToken& cancel);
  Result<protocol::WhatIfIndex> build(const sql::IndexWish& wish, Renamings& names,
                                      const CancelToken& cancel);

  Session& session_;
  PostgresExplainer& explainer_;
};

}  // namespace mydba::postgres
