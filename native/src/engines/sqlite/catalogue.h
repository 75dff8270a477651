#pragma once

// The tree of a database file:
//
//   [schema]                        main, temp, attached files
//   [schema, folder]                Tables, Views, Triggers
//   [schema, folder, name]          a table: its columns, then Indexes and Keys
//   [schema, folder, table, "Columns" | "Indexes" | "Keys", name]
//
// Pages are cut by name or by column number. Rows are never counted: SQLite would have to read the
// whole table.

#include "engines/engine.h"
#include "engines/sqlite/session.h"

namespace mydba::sqlite {

class SqliteCatalogue final : public Catalogue {
 public:
  /// `session` must outlive it.
  explicit SqliteCatalogue(Session& session) : session_(session) {}

  Result<TreePage> children(std::span<const std::string> path,
                            const std::optional<std::string>& cursor, int limit,
                            const CancelToken& cancel) override;
  Result<TreePage> search(std::string_view text, int limit, const CancelToken& cancel) override;
  Result<std::string> script(std::span<const std::string> path, protocol::ScriptKind kind,
                             const CancelToken& cancel) override;
  Result<advise::CatalogueFacts> tableFacts(std::span<const sql::ObjectName> first, int limit,
                                            const CancelToken& cancel) override;

 private:
  Session& session_;
};

}  // namespace mydba::sqlite
