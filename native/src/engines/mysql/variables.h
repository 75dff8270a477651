#pragma once

#include <memory>

#include "engines/engine.h"
#include "engines/mysql/session.h"

namespace mydba::mysql {

/// `session` outlives it. Lane's thread.
std::unique_ptr<Variables> makeVariables(Session& session);

}  // namespace mydba::mysql
