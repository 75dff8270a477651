#pragma once

// Opening a connection without ever blocking.
//
// libpq's asynchronous connect (manual, "Database Connection Control Functions") still blocks for
// three things, all avoided here: it resolves names (we pass `hostaddr`), it ignores
// `connect_timeout` (we keep a deadline), and it tries the addresses of a name one after the other
// (we give each a share of the time, so that a dead IPv6 route does not use it all up).
//
// The password is asked for only once the server has demanded one and libpq's own sources
// (PGPASSWORD, the password file) had none, or a wrong one.

#include <map>
#include <string>

#include "base/cancel.h"
#include "base/result.h"
#include "engines/engine.h"
#include "engines/postgres/handles.h"

namespace mydba::postgres {

/// libpq connection parameters by keyword.
using Parameters = std::map<std::string, std::string, std::less<>>;

/// The profile in libpq's terms, without address and secret. Error: `invalidParams` for an option
/// that libpq does not know or that the profile has a field for.
Result<Parameters> parametersOf(const protocol::ConnectionProfile& profile);

/// Connects. The handle is non-blocking. Lane's thread.
Result<ConnectionHandle> dial(const protocol::ConnectionProfile& profile,
                              const SecretSource& secrets, const CancelToken& cancel);

}  // namespace mydba::postgres
