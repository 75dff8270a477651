#pragma once

#include <span>

#include "advise/catalogue/facts.h"
#include "engines/sqlite/session.h"
#include "sql/statement.h"

namespace mydba::sqlite {

/// As Catalogue::tableFacts, of the schema `main`. Call it under a Session::Guard.
Result<advise::CatalogueFacts> readTableFacts(Session& session,
                                              std::span<const sql::ObjectName> first,
                                              std::size_t limit, const CancelToken& cancel);

}  // namespace mydba::sqlite
