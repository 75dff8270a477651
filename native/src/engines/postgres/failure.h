#pragma once

#include <libpq-fe.h>

#include <string>
#include <string_view>

#include "base/error.h"

namespace mydba::postgres {

/// What a failed statement says. `sql` is the text that was sent, for the position.
Error failureOf(const PGresult* result, std::string_view sql);

/// The server or the socket is gone.
Error connectionLost(const PGconn* connection);

/// Why a connect attempt failed, from libpq's text about it (written with PQERRORS_VERBOSE, which
/// is the only way to learn the SQLSTATE: libpq keeps no result of a failed start-up).
/// `where` names the address for people.
Error connectFailure(std::string_view libpqMessage, std::string_view where);

/// Byte offset of the 1-based `character` of `sql` (UTF-8); the end for one that lies beyond.
std::int64_t byteOffset(std::string_view sql, std::int64_t character);

}  // namespace mydba::postgres
