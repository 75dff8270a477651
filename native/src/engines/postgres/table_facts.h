#pragma once

#include <span>

#include "advise/catalogue/facts.h"
#include "engines/postgres/session.h"

namespace mydba::postgres {

/// As Catalogue::tableFacts, of the session's database.
Result<advise::CatalogueFacts> readTableFacts(Session& session,
                                              std::span<const sql::ObjectName> first, int limit,
                                              const CancelToken& cancel);

}  // namespace mydba::postgres
