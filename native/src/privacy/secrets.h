#pragma once

// Where the secrets are in a text: passwords, keys and tokens, but no ordinary value.
//
// Three readers know where they stand: in SQL (`IDENTIFIED BY '…'`, `PASSWORD '…'`, a value beside
// a column called so), in commands (`AUTH`, `CONFIG SET requirepass`), and in any text (URLs,
// connection strings, JSON, HTTP headers), which is also what a string or comment of a statement is
// looked through for. Sources: the manuals of CREATE USER, ALTER USER, SET PASSWORD and CHANGE
// REPLICATION SOURCE of MySQL 8.4 and MariaDB 11; CREATE ROLE, USER MAPPING, SUBSCRIPTION, dblink
// and pgcrypto of PostgreSQL 17; sqlite.org/see and SQLCipher's PRAGMA key; redis.io/commands. In
// doubt a value is a secret; text that cannot be read to its end is one from where its reading
// stops.

#include <cstddef>
#include <string_view>
#include <vector>

#include "sql/dialect.h"

namespace mydba::privacy {

/// Bytes [start, end) of a text.
struct Secret {
  std::size_t start = 0;
  std::size_t end = 0;
};

/// Of one statement or several, sorted, not overlapping. Linear in the text.
std::vector<Secret> secretsOfSql(std::string_view text, const sql::Dialect& dialect);
/// Of lines of commands.
std::vector<Secret> secretsOfCommands(std::string_view text);
/// Of a text that is neither.
std::vector<Secret> secretsOfText(std::string_view text);
/// Of what a server's setting of this name is set to: all of it where the name says secret, else
/// what any text hides (data/settings.txt knows more of some).
std::vector<Secret> secretsOfSetting(std::string_view name, std::string_view value);

/// `password`, `requirepass`, `client_secret`: something so called has a secret for its value.
bool namesSecret(std::string_view name);

}  // namespace mydba::privacy
