#pragma once

// How strictly a connection is opened. A profile may come from a file that others than its owner
// can edit, an agent for one; so what was opened strictly before stays so until a person agrees to
// less. And production is acknowledged before it is opened for the first time. Pure.

#include <string_view>
#include <vector>

#include "types.h"

namespace mydba::guard {

/// The profile to open, and what its user must be asked before. `opened` are profiles as they were
/// opened before; one of them is the same connection by its id or by where it leads.
protocol::AdmitResult admit(const protocol::ConnectionProfile& profile, bool fromSettings,
                            const std::vector<protocol::ConnectionProfile>& opened);

}  // namespace mydba::guard
