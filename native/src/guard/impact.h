#pragma once

// What a statement would do to this very server, found out before it runs: what an engine's
// Preflight (engines/engine.h) answers and guard/question.h puts into words.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "types.h"

namespace mydba::guard {

/// How sure a number is.
enum class Certainty : std::uint8_t {
  estimated,  ///< by the planner or from statistics
  atLeast,    ///< counting was stopped there
  exact,
};

/// Rows (or keys) that the statement adds, changes or removes.
struct Affected {
  std::int64_t count = 0;
  Certainty certainty = Certainty::estimated;
  std::string_view noun = "row";  ///< singular: `row`, `key`
};

/// A table that the statement works on, or a whole database where it goes.
struct TableSize {
  std::string name;
  std::optional<std::int64_t> rows;
  bool rowsExact = false;
  std::optional<std::int64_t> bytes;  ///< with indexes
};

/// A lock that others will meet.
struct TableLock {
  std::string table;
  std::string mode;  ///< the server's own word: `ACCESS EXCLUSIVE`; empty where it has none
  bool blocksReads = false;
  bool blocksWrites = false;
  bool brief = false;  ///< not until the statement ends
};

/// What DDL does to all rows of a table.
struct TableWork {
  enum class Kind : std::uint8_t {
    scan,        ///< reads them all
    buildIndex,  ///< reads them all and writes an index
    rewrite,     ///< writes the table anew
  };
  std::string table;
  Kind kind = Kind::scan;
};

/// Objects that hang on what the statement changes, all of one kind.
struct Dependants {
  enum class Effect : std::uint8_t {
    isDropped,     ///< by CASCADE, or with its table
    refuses,       ///< makes the server refuse the statement
    losesRows,     ///< rows there go too: ON DELETE CASCADE
    changesRows,   ///< rows there are changed: ON DELETE SET NULL, ON UPDATE CASCADE
    losesMembers,  ///< partitions whose rows go
    breaks,        ///< stays and works no more: views of MySQL and SQLite
    fires,         ///< a trigger that runs for it
  };
  Effect effect = Effect::refuses;
  std::string what;                ///< singular: `view`, `foreign key`
  std::vector<std::string> names;  ///< the first of them
  std::int64_t count = 0;          ///< of all of them
};

/// Every part may be missing: `unavailable` says why.
struct Impact {
  std::optional<Affected> affected;
  std::vector<TableSize> tables;
  std::vector<TableLock> locks;
  std::vector<TableWork> work;
  std::vector<Dependants> dependants;
  /// Why no rollback takes it back, a part of a sentence: `MySQL commits DDL by itself`.
  std::optional<std::string> irreversible;
  /// Best first.
  std::vector<protocol::ConfirmAlternative> alternatives;
  /// Whatever else is to be known, in whole sentences.
  std::vector<std::string> notes;
  /// What could not be found out, in whole sentences.
  std::vector<std::string> unavailable;

  /// `what` (`The size of t`) could not be found out.
  void addUnknown(std::string_view what, const Error& error);
  /// One more of the dependants of this kind.
  void addDependant(Dependants::Effect effect, std::string_view what, std::string name);
};

}  // namespace mydba::guard
