#pragma once

// The texts that a what-if sends: the statement in another database, and the CREATE INDEX that was
// wished for, written anew. Both from the lexer's tokens.

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sql/dialect.h"
#include "sql/index_wish.h"
#include "sql/statement.h"

namespace mydba::mysql {

/// Where the tables of a database are looked for instead.
using Substitutes = std::map<std::string, std::string>;

/// Functions that a statement may call without naming their database, in lower case.
struct OwnFunctions {
  std::string database;
  std::set<std::string> names;
};

/// `text`, of which `statement` was read, with the databases of its tables and columns replaced:
/// `a.t`, `a.t.c`. Tables without a database stay as they are, functions without one get theirs.
std::string retargeted(std::string_view text, const sql::Statement& statement,
                       const sql::Dialect& dialect, const Substitutes& databases,
                       const OwnFunctions& functions);

/// What is left of a wish without its names.
struct IndexParts {
  std::string kind;   ///< `UNIQUE`, `FULLTEXT`, `SPATIAL` or nothing
  std::string parts;  ///< with the parentheses around them
};

/// `unsupported` for a wish in whose columns a comment is code, since what it says depends on the
/// server that reads it.
Result<IndexParts> partsOf(const sql::IndexWish& wish, const sql::Dialect& dialect);

/// CREATE INDEX, with what is asked for after the columns; `table` is written as it is.
std::string createIndex(const IndexParts& parts, std::string_view name, std::string_view table,
                        std::string_view options);

}  // namespace mydba::mysql
