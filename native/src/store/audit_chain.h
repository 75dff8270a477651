#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "store/database.h"
#include "types.h"

namespace mydba::store {

/// A place in the chain of the audit log: an entry's number, and the hash of all up to it.
struct Link {
  std::int64_t seq = 0;
  std::string hash;
};

/// The hash of an entry: SHA-256 over the hash before and its body, in hex.
std::string chainHash(std::string_view before, std::string_view body);

/// The number and hash that `sql` selects; the beginning of the chain when it selects nothing.
Result<Link> linkIn(Database& database, std::string_view sql);

/// What a body says.
Result<protocol::AuditEntry> readEntry(std::string_view body);

/// The text of a field of a body, without reading all of it; empty when there is none. Bodies are
/// our own JSON, in which a quote inside of a text has a backslash before it: so what looks like a
/// member's name is one.
std::string_view timeOf(std::string_view body);
/// The beginning that an ending belongs to; 0 of any other.
std::int64_t beganOf(std::string_view body);

}  // namespace mydba::store
