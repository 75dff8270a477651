#pragma once

// Which columns hold secrets or personal data, told from their names and types alone: no value is
// looked at, no server is asked. The knowledge is text in data/sensitive.txt.
//
// A name is taken apart into words, so that it does not matter how it is spelled. A word that says
// what else a column is about (`email_sent_at`, `token_count`, `has_password`) or a type that
// cannot hold such a value (a flag called `password`) takes the mark off again. A column with a
// name that says nothing is not found; this is a help for people who look at a screen, not a fence.

#include <optional>
#include <string_view>

#include "types.h"

namespace mydba::privacy {

struct Sensitive {
  protocol::Sensitivity sensitivity;
  std::string_view because;  ///< `it looks like a password`; static storage duration
  std::string_view source;   ///< who says that such data need care
};

/// Of a column with this name. Any thread.
std::optional<Sensitive> findSensitive(std::string_view name, protocol::ColumnKind kind);

/// The kind of a column whose type an engine calls so: `varchar(20)`, `timestamp without time
/// zone`.
protocol::ColumnKind kindOfType(std::string_view type);

}  // namespace mydba::privacy
