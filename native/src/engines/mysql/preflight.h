#pragma once

#include <memory>

#include "engines/engine.h"
#include "engines/mysql/session.h"

namespace mydba::mysql {

/// Impact and inverse of a statement. The session must outlive it.
std::unique_ptr<Preflight> makePreflight(Session& session);

}  // namespace mydba::mysql
