#pragma once

// What a rule of the folder rules/ is made of.
//
// A rule is one file: its id (the file's name), how bad its findings are, the dialects it is for,
// and a function that looks at one statement and reports what it saw. The folder is the registry
// (rules.inc is generated). Rules read the outline and the tokens, never the text; where the
// outline does not know, they are silent. Why a rule is one, what to do and the official page stand
// in rag-docs/all/sql-rules.md under the rule's id; its examples, which are executed, in
// tests/sql/lint/<id>.sql.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "advise/sql/subject.h"
#include "types.h"

namespace mydba::advise {

using protocol::Severity;

/// Replaces the bytes from `start` to before `end`.
struct Edit {
  std::size_t start = 0;
  std::size_t end = 0;
  std::string text;
};

/// Only what keeps the statement's result, or makes it what was plainly meant.
struct Fix {
  std::string title;
  std::vector<Edit> edits;  ///< rising, not overlapping
};

/// What a rule saw. Bytes of the statement.
struct Sighting {
  std::size_t start = 0;
  std::size_t end = 0;
  std::string message;               ///< what it is, why it matters, what to do
  std::optional<Severity> severity;  ///< absent: the rule's
  std::optional<Fix> fix;
};

/// Takes what one rule sees in one statement.
class Report {
 public:
  explicit Report(const Subject& subject) : subject_(subject) {}

  /// At the tokens. The reference is good until the next call.
  Sighting& add(Range tokens, std::string message);
  Sighting& add(ExprId id, std::string message) { return add(subject_.at(id).tokens, message); }
  Sighting& addToken(std::size_t token, std::string message) {
    return add(Range{token, token + 1}, std::move(message));
  }
  Sighting& addBytes(std::size_t start, std::size_t end, std::string message);

  Edit replace(Range tokens, std::string text) const;
  Edit insertBefore(std::size_t token, std::string text) const;
  Edit insertBehind(std::size_t token, std::string text) const;

  std::vector<Sighting> take() { return std::move(seen_); }

 private:
  const Subject& subject_;
  std::vector<Sighting> seen_;
};

struct SqlRule {
  std::string_view id;
  Severity severity = Severity::info;
  /// A matter of style or opinion: only when it is asked for by its id.
  bool onRequest = false;
  std::span<const std::string_view> dialects = {};  ///< empty: every dialect of SQL
  void (*check)(const Subject& subject, Report& report) = nullptr;
};

inline constexpr std::string_view mysqlDialects[] = {"mysql", "mariadb"};
inline constexpr std::string_view postgresDialect[] = {"postgres"};
inline constexpr std::string_view sqliteDialect[] = {"sqlite"};

}  // namespace mydba::advise
