#include "sql/word_sets.h"

#include <algorithm>
#include <iterator>

#include "sql/keyword.h"

namespace mydba::sql {
namespace {

// Those that are functions too (CHAR, DATE) are not here.
constexpr std::string_view types[] = {
    "VARCHAR", "NVARCHAR", "NUMERIC",  "DECIMAL", "DEC",    "INT",     "INTEGER",
    "BIGINT",  "FLOAT",    "SMALLINT", "TINYINT", "DOUBLE", "REAL",    "VARBINARY",
    "BIT",     "VARYING",  "BPCHAR",   "VARBIT",  "ENUM",   "COLUMNS",
};

}  // namespace

bool isTypeWord(std::string_view word) {
  return std::any_of(std::begin(types), std::end(types),
                     [&](std::string_view type) { return isKeyword(word, type); });
}

}  // namespace mydba::sql
