#pragma once

// What one statement is and touches, as far as its text can say. The guard stands on this.
//
// There is no grammar of any dialect here: clauses are followed by their keywords, parentheses by a
// stack of scopes, so that every text gets an answer in one pass, whatever its nesting and however
// broken it is. Where the text leaves a doubt, the answer is the one that makes a statement look
// more dangerous: a WHERE in a comment that only some servers execute is no filter, but a DELETE
// there is a DELETE; a CTE never hides the table that is written to. What could not be followed is
// said (`complete`, kind `unknown`), never guessed.
//
// All positions are byte offsets into the statement's text.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/dialect.h"
#include "sql/statement_kind.h"

namespace mydba::sql {

/// A name with its quotes taken off; what was not quoted keeps its spelling.
struct ObjectName {
  std::string schema;  ///< what stands before the last dot: `s`, `db.s`, or nothing
  std::string name;
  std::size_t position = 0;

  bool operator==(const ObjectName&) const = default;
};

struct TableUse {
  ObjectName table;
  bool written = false;     ///< changed, created, dropped, locked for writing
  bool afterUnion = false;  ///< read in the second or a later part of a set operation
};

struct FunctionUse {
  ObjectName function;
  bool inFrom = false;
};

enum class Filter : std::uint8_t {
  absent,
  alwaysTrue,  ///< there is a WHERE, and it keeps every row: `1=1`, `id=id`, `x OR true`
  effective,
};

/// One INSERT, UPDATE, DELETE, REPLACE or MERGE, wherever it stands: on its own, in a CTE, behind
/// EXPLAIN ANALYZE or PREPARE.
struct Change {
  StatementKind kind = StatementKind::unknown;
  std::size_t position = 0;
  Filter filter = Filter::absent;  ///< its own WHERE
  bool hasLimit = false;           ///< DELETE … LIMIT 10
  std::size_t rows = 0;            ///< lists behind VALUES
  bool nested = false;             ///< not the statement itself: in a CTE, in parentheses
};

/// What CREATE, ALTER, DROP, TRUNCATE, RENAME, COMMENT, REINDEX and their kin name.
struct Definition {
  std::string objectType;  ///< lower case: `table`, `materialized view`, `index`, `user`, `role`
  std::vector<ObjectName> objects;
  bool orReplace = false;
  bool ifExists = false;
  bool ifNotExists = false;
  bool temporary = false;
  bool cascade = false;
  bool concurrently = false;
  std::string action;  ///< of ALTER, the first: `add column`, `drop column`, `rename`
};

enum class SettingScope : std::uint8_t { session, transaction, global, persist, user };

/// One assignment of SET, RESET, PRAGMA, BEGIN … READ WRITE, ALTER SYSTEM SET, `INTO @x`, `@x :=
/// 1`.
struct Setting {
  SettingScope scope = SettingScope::session;
  /// Lower case: `autocommit`, `role`, `session authorization`, `transaction`, `names`, `password`,
  /// `character set`, `@name`.
  std::string name;
  std::string value;  ///< as written, tokens joined by one blank
  std::size_t position = 0;
};

/// PRAGMA of SQLite.
struct Pragma {
  std::string name;  ///< lower case
  std::string value;
  bool assigns = false;      ///< by `=`
  bool hasArgument = false;  ///< in parentheses, which assigns or asks, as the pragma likes
};

/// COPY, LOAD DATA, INTO OUTFILE, VACUUM INTO, ATTACH, SONAME.
struct FileUse {
  enum class Channel : std::uint8_t { file, program, client };
  Channel channel = Channel::file;
  bool written = false;
  std::string name;  ///< path or command line; empty for the client's own stream
  std::size_t position = 0;
};

/// Code that the statement carries as text: PREPARE … FROM '…', EXECUTE IMMEDIATE '…', DO $$…$$,
/// the body of a routine.
struct CarriedCode {
  enum class Origin : std::uint8_t { prepared, block, body };
  Origin origin = Origin::prepared;
  std::string text;  ///< quotes and escapes undone; empty when it is not a constant
  std::size_t position = 0;
};

struct Parameter {
  std::size_t start = 0;
  std::size_t end = 0;
};

struct Statement {
  StatementKind kind = StatementKind::unknown;
  /// As the command line's `kind`; the lower-case command where the dialect has commands.
  std::string kindName = "unknown";
  /// The first keyword in lower case: tells `kill` from `flush`, both of kind `other`.
  std::string verb;
  /// False when something is left open (string, comment, parenthesis) or closed too often.
  bool complete = true;
  /// True when quotes end elsewhere under another sql_mode or standard_conforming_strings.
  bool dependsOnMode = false;

  bool hasWhere = false;  ///< at the statement's own level
  Filter filter = Filter::absent;
  std::vector<Change> changes;
  std::vector<TableUse> tables;  ///< in order of appearance; one table can appear several times
  std::vector<FunctionUse> functions;
  std::vector<Parameter> parameters;
  std::vector<std::string> unionColumns;  ///< words in select lists behind a UNION

  std::optional<StatementKind> explained;  ///< kind of what EXPLAIN explains or PREPARE prepares
  bool analyzes = false;                   ///< EXPLAIN that executes
  bool locksRows = false;                  ///< FOR UPDATE, FOR SHARE, LOCK IN SHARE MODE
  bool createsTable = false;               ///< SELECT … INTO table
  bool cartesian = false;                  ///< joined tables without any condition
  bool twoPhase = false;                   ///< COMMIT PREPARED, ROLLBACK PREPARED
  bool readWrite = false;                  ///< asks for READ WRITE in any way

  std::optional<Definition> definition;
  std::vector<Setting> settings;
  std::optional<Pragma> pragma;
  std::vector<FileUse> files;
  std::vector<CarriedCode> code;

  /// Where a filter gets an always-true alternative, `OR '1'='1'`.
  std::optional<std::size_t> injection;
  /// Where a comment at the end begins that holds a quote: `… -- '`.
  std::optional<std::size_t> swallowedQuote;

  /// Of a dialect with commands: name (as written) and arguments.
  std::vector<std::string> arguments;
};

/// Reads one statement, as `split` found it. Linear in its length; never fails.
Statement readStatement(std::string_view text, const Dialect& dialect);

/// Removes or overwrites data or structure: DROP, TRUNCATE, ALTER, DELETE, and UPDATE without an
/// effective WHERE, also in a CTE or behind EXPLAIN ANALYZE. Of commands it says nothing.
bool isDestructive(const Statement& statement);

}  // namespace mydba::sql
