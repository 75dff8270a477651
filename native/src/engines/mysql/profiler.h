#pragma once

#include <memory>

#include "engines/engine.h"
#include "engines/mysql/session.h"

namespace mydba::mysql {

/// Session and explainer must outlive it.
std::unique_ptr<Profiler> makeProfiler(Session& session, Explainer& explainer);

}  // namespace mydba::mysql
