#pragma once

#include <span>
#include <string>
#include <vector>

#include "engines/postgres/databases.h"

namespace mydba::postgres {

/// The object tree, read from pg_catalog only: information_schema hides what the user may not
/// touch and is slow with many tables. Every statement answers with the same columns, which are
/// the fields of a node, so a level is a file in sql/ and its arguments.
///
/// Paths: database, schema, folder, object, folder. A partition's path is that of any table of its
/// own schema. Lane's thread.
class PostgresCatalogue final : public Catalogue {
 public:
  /// `databases` outlives this object.
  explicit PostgresCatalogue(Databases& databases) : databases_(databases) {}

  Result<TreePage> children(std::span<const std::string> path,
                            const std::optional<std::string>& cursor, int limit,
                            const CancelToken& cancel) override;
  Result<TreePage> search(std::string_view text, int limit, const CancelToken& cancel) override;
  Result<std::string> script(std::span<const std::string> path, protocol::ScriptKind kind,
                             const CancelToken& cancel) override;
  Result<advise::CatalogueFacts> tableFacts(std::span<const sql::ObjectName> first, int limit,
                                            const CancelToken& cancel) override;

 private:
  Result<Session*> sessionOf(std::span<const std::string> path, const CancelToken& cancel);

  Databases& databases_;
};

}  // namespace mydba::postgres
