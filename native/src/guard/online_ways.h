#pragma once

// Other ways to the same end, that block less or can be taken back, as commands that are ready to
// run. Pure: what a server must be asked for comes as a value.

#include <string>
#include <string_view>
#include <vector>

#include "guard/impact.h"
#include "sql/alteration.h"
#include "types.h"

namespace mydba::guard {

using Alternatives = std::vector<protocol::ConfirmAlternative>;

/// `text` with `word` written behind its first word that is `after` (in upper case).
std::string withWordBehind(std::string_view text, std::string_view after, std::string_view word,
                           const sql::Dialect& dialect);

/// Offers to delete in pieces of 1,000 rows where many rows of one table go. `command` makes the
/// statement that deletes a piece, of the table as it is written and ` WHERE …` or nothing.
void offerPieces(Impact& impact, std::string_view text, const sql::Statement& statement,
                 const sql::Dialect& dialect,
                 std::string (*command)(const std::string& table, const std::string& where));

/// Instead of a DROP; `command` renames the table.
protocol::ConfirmAlternative renameFirst(std::string command);

/// Where a tool of the shell connects to: as in the profile, never with a password.
struct ToolTarget {
  std::string host;
  std::int64_t port = 0;
  std::string socket;
  std::string user;
  std::string database;
};

/// Command lines of pt-online-schema-change and gh-ost for the actions of an ALTER TABLE.
Alternatives schemaChangeTools(const ToolTarget& target, std::string_view table,
                               std::string_view actions);

/// `text` as one word of a POSIX shell.
std::string shellWord(std::string_view text);

}  // namespace mydba::guard
