#pragma once

// What ALTER TABLE locks, rewrites and breaks, action by action, and what else the preflight asks
// of relations and objects.

#include <optional>
#include <string>
#include <string_view>

#include "engines/postgres/probe.h"
#include "guard/impact.h"
#include "guard/locks.h"
#include "sql/alteration.h"

namespace mydba::postgres {

struct Relation {
  std::string oid;
  char kind = 0;        ///< pg_class.relkind
  std::string name;     ///< with its schema where the search path does not find it
  std::string indexed;  ///< of an index, its table
  std::optional<std::int64_t> rows;
  std::optional<std::int64_t> bytes;
};

/// The relation of a name as it is written; nothing when there is none.
Result<std::optional<Relation>> findRelation(Probe& probe, const std::string& name);

/// An object of the catalogue, or a column of it.
struct ObjectReference {
  std::string type;  ///< as Definition::objectType
  std::string name;  ///< as written
  std::string column;
};

/// Adds what hangs on an object that is dropped.
void addDependants(Probe& probe, const ObjectReference& object, bool cascade,
                   guard::Impact& impact);

/// True when `text` has this word (in upper case) outside of strings, names and comments.
bool hasWord(std::string_view text, std::string_view upper);

class AlterImpact {
 public:
  AlterImpact(Probe& probe, std::string_view text, const sql::WrittenDefinition& written,
              std::int64_t version)
      : probe_(probe), text_(text), written_(written), version_(version) {}

  void add(const Relation& table, bool cascade, guard::Impact& impact);

 private:
  std::string variantOf(const sql::Alteration& action);
  std::string variantOfAddColumn(const sql::Alteration& action);
  bool keepsType(const sql::Alteration& action);
  bool provedNotNull(const sql::Alteration& action);
  bool isVolatile(std::string_view expression);
  void offer(const sql::Alteration& action, std::string_view variant, guard::Impact& impact) const;
  void offerNotValid(const sql::Alteration& action, guard::Impact& impact) const;
  void offerUniqueIndex(const sql::Alteration& action, guard::Impact& impact) const;
  void offerNotNull(const sql::Alteration& action, guard::Impact& impact) const;

  Probe& probe_;
  std::string_view text_;
  const sql::WrittenDefinition& written_;
  std::int64_t version_;
};

}  // namespace mydba::postgres
