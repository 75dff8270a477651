#pragma once

// Names to addresses, without being at the mercy of DNS.
//
// getaddrinfo(3) blocks, cannot be interrupted, and with a dead name server does not return for
// half a minute; the client libraries of every engine call it inside their connect functions. So a
// name is resolved here, on a thread of its own, and the libraries are given numeric addresses. The
// caller waits for the thread only as long as its token and deadline allow; then the thread is
// abandoned. It owns all that it touches, and ends when the resolver gives up.

#include <functional>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"
#include "base/wait.h"

namespace mydba::net {

/// Numeric addresses in the resolver's order of preference (RFC 6724), without repeats, never
/// empty.
using Addresses = std::vector<std::string>;
using Lookup = std::function<Result<Addresses>(const std::string& host)>;

/// Addresses of a host name, or of a numeric address itself. Errors: `connectFailed` when the name
/// is unknown, `cancelled`, `timeout`. Any thread.
Result<Addresses> resolve(const std::string& host, const CancelToken& cancel, Deadline deadline);

/// The same by another way to look up; `lookup` runs on a thread that may outlive this call.
Result<Addresses> resolveBy(Lookup lookup, const std::string& host, const CancelToken& cancel,
                            Deadline deadline);

}  // namespace mydba::net
