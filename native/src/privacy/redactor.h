#pragma once

// What is written where others read it, without the secrets in it.

#include <string>
#include <string_view>

#include "base/error.h"
#include "sql/dialect.h"
#include "types.h"

namespace mydba::privacy {

/// A statement with `***` for its secrets, and all else as it is: for statements of other people,
/// which a process list shows.
std::string maskSecrets(std::string_view statement, const sql::Dialect& dialect);

/// The statements of all sessions, masked.
void maskSecrets(protocol::ProcessSnapshot& snapshot, const sql::Dialect& dialect);

/// The value of a setting, and what it was built with.
void maskSecrets(protocol::Variable& variable);

/// What a server said of a statement, which may quote it, without the statement's secrets. Other
/// values stay: it is read by whoever wrote them.
std::string withoutSecretsOf(std::string_view statement, const sql::Dialect& dialect,
                             std::string message);
Error withoutSecretsOf(std::string_view statement, const sql::Dialect& dialect, Error error);

}  // namespace mydba::privacy
