#pragma once

#include <string>
#include <string_view>

#include "base/embedded.h"

namespace mydba::postgres {

/// A file of sql/ for functions of an extension; `schema` is the quoted name of where they are.
inline std::string inSchema(std::string_view file, const std::string& schema) {
  constexpr std::string_view mark = "{schema}";
  std::string sql(embeddedSql("postgres", file));
  for (auto at = sql.find(mark); at != sql.npos; at = sql.find(mark, at + schema.size()))
    sql.replace(at, mark.size(), schema);
  return sql;
}

}  // namespace mydba::postgres
