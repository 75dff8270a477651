#pragma once

#include <memory>

#include "engines/engine.h"
#include "engines/mysql/session.h"

namespace mydba::mysql {

/// `session` outlives it. Lane's thread.
std::unique_ptr<Workload> makeWorkload(Session& session);

}  // namespace mydba::mysql
