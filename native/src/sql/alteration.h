#pragma once

// What a definition says word for word: the names as they are written, so that another statement
// can name the same objects, and the actions of ALTER one by one. Statement (sql/statement.h) says
// what is touched; this says how, for who must know what the server will do about it.

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "sql/dialect.h"
#include "sql/statement.h"

namespace mydba::sql {

/// A name as its statement has it, without comments: `s."My table"`, with what it stands for.
struct WrittenName {
  std::string text;       ///< with quotes; empty when there is none
  std::string value;      ///< of its last part, without quotes
  std::string qualifier;  ///< what stands before the last part, with its dot: `s.`

  bool empty() const { return text.empty(); }
};

/// Part of a text, in bytes.
struct TextRange {
  std::size_t start = 0;
  std::size_t end = 0;

  bool empty() const { return start == end; }
  std::string_view of(std::string_view text) const { return text.substr(start, end - start); }
};

/// One action of ALTER: `ADD COLUMN a int`.
struct Alteration {
  /// In lower case: `add_column`, `drop_column`, `set_default`, `drop_default`, `set_not_null`,
  /// `drop_not_null`, `set_type`, `modify_column`, `change_column`, `rename_to`, `rename_column`,
  /// `rename_index`, `rename_constraint`, `add_primary_key`, `add_unique`, `add_foreign_key`,
  /// `add_check`, `add_exclude`, `add_index`, `add_fulltext`, `add_spatial`, `drop_constraint`,
  /// `drop_primary_key`, `drop_foreign_key`, `drop_index`, `drop_check`, `set_schema`; of others
  /// the first two words: `enable_trigger`, `validate_constraint`.
  std::string operation;
  WrittenName name;     ///< of the column, constraint, index or trigger
  WrittenName newName;  ///< of a renaming; the type of `set_type`
  TextRange range;
  TextRange expression;       ///< behind DEFAULT
  bool notNull = false;       ///< NOT NULL, or part of a PRIMARY KEY
  bool unique = false;        ///< UNIQUE or PRIMARY KEY beside a column
  bool generated = false;     ///< GENERATED …, AS (…), IDENTITY, serial, AUTO_INCREMENT
  bool stored = false;        ///< … STORED or PERSISTENT
  bool references = false;    ///< REFERENCES
  bool check = false;         ///< CHECK
  bool notValid = false;      ///< NOT VALID
  bool usingIndex = false;    ///< USING INDEX
  bool positioned = false;    ///< FIRST or AFTER
  bool ifExists = false;      ///< IF [NOT] EXISTS
  bool concurrently = false;  ///< DETACH PARTITION … CONCURRENTLY
};

struct WrittenDefinition {
  std::vector<WrittenName> objects;  ///< as Definition::objects
  WrittenName table;                 ///< of an index, trigger, policy or rule
  std::vector<Alteration> actions;   ///< of ALTER
  TextRange arguments;               ///< the parentheses behind the name of a routine, with them
  bool unique = false;               ///< CREATE UNIQUE INDEX
  std::string indexType;  ///< of CREATE INDEX, in lower case: `fulltext`, `spatial`, `gin`
};

/// Of a statement that has a definition; of others it is empty.
WrittenDefinition readWrittenDefinition(std::string_view text, const Statement& statement,
                                        const Dialect& dialect);

/// The members of the first parentheses at the top level, as they are written: of CREATE TABLE its
/// columns and keys.
std::vector<std::string_view> readMembers(std::string_view text, const Dialect& dialect);

/// Names that are called or stand without an argument in a part of a text, in lower case: to ask
/// whether an expression is volatile.
std::vector<std::string> namesIn(std::string_view expression, const Dialect& dialect);

/// The name behind the first tokens that are these words or stand in parentheses.
WrittenName nameBehind(std::string_view text, std::initializer_list<std::string_view> upper,
                       const Dialect& dialect);

/// `name` as written at byte `position`, where a reader found it.
WrittenName writtenName(std::string_view text, std::size_t position, const Dialect& dialect);

}  // namespace mydba::sql
