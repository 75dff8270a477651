#pragma once

#include <memory>

#include "engines/engine.h"

namespace mydba {

/// Connects a profile with its engine: straight, or through an SSH tunnel that lives as long as the
/// connection. `invalidParams` for an engine that was not built in. What is
/// said of Engine::connect holds.
Result<std::unique_ptr<Connection>> connect(const protocol::ConnectionProfile& profile,
                                            const SecretSource& secrets, const CancelToken& cancel);

}  // namespace mydba
