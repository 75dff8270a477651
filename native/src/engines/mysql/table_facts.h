#pragma once

// What the rules of advise/catalogue ask, from information_schema.
//
// Where there are no more tables than wanted, four statements read all of them. Where there are
// more, a statement for all would open every table of the server (catalogue.cpp has the numbers),
// so each wanted table is looked up by its exact name.

#include <span>

#include "advise/catalogue/facts.h"
#include "engines/mysql/session.h"
#include "sql/statement.h"

namespace mydba::mysql {

/// As Catalogue::tableFacts, of the session's database, or of all databases when it has none.
Result<advise::CatalogueFacts> readTableFacts(Session& session,
                                              std::span<const sql::ObjectName> first,
                                              std::size_t limit, const CancelToken& cancel);

}  // namespace mydba::mysql
