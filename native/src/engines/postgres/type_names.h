#pragma once

#include <libpq-fe.h>

#include <map>
#include <string>
#include <string_view>

#include "types.h"

namespace mydba::postgres {

/// Names of types by OID. A result says only OIDs, and a lookup between its head and its rows is
/// impossible on the same connection; so the built-in names are known here and those that users
/// and extensions made are loaded before the first statement, and again after one that brought an
/// unknown OID.
class TypeNames {
 public:
  /// `character varying(20)`, `numeric(10,2)`, `integer[]`; empty for an unknown OID.
  std::string nameOf(Oid type, int modifier);
  static protocol::ColumnKind kindOf(Oid type);

  void add(Oid type, std::string name) { made_[type] = std::move(name); }
  bool stale() const { return stale_; }
  void loaded() { stale_ = false; }

 private:
  std::map<Oid, std::string> made_;
  bool stale_ = true;
};

}  // namespace mydba::postgres
