#pragma once

// What a definition locks and rewrites, by the manuals.
//
// The facts are text in data/locks_<dialect>.txt, each with the page that says so and the versions
// it holds for, so that they can be checked and corrected beside the manual; tests check them on
// servers. A line is
//     operation versions lock blocks duration work
// whose operation is that of sql::Alteration or a statement's own (`create_index`), with a variant
// behind a dot; blanks in the name of a lock are `_`.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guard/impact.h"
#include "sql/dialect.h"

namespace mydba::guard {

struct LockFact {
  std::string_view operation;
  std::int64_t first = 0;  ///< ServerInfo.versionNumber
  std::int64_t next = 0;   ///< first version for which it holds no more
  std::string_view mode;
  bool blocksReads = false;
  bool blocksWrites = false;
  bool brief = false;
  std::optional<TableWork::Kind> work;
  std::string_view source;  ///< URL

  /// The lock that others of `table` meet.
  TableLock lockOf(std::string table) const;
};

class LockFacts {
 public:
  /// Of a dialect; empty where no file is. Static storage duration; any thread.
  static const LockFacts& of(const sql::Dialect& dialect);

  /// Null when nothing is known of it. A variant that no line has is looked up without.
  const LockFact* find(std::string_view operation, std::string_view variant,
                       std::int64_t version) const;
  const std::vector<LockFact>& entries() const { return entries_; }

  explicit LockFacts(std::string_view text);

 private:
  const LockFact* exactly(std::string_view operation, std::int64_t version) const;

  std::vector<LockFact> entries_;
};

}  // namespace mydba::guard
