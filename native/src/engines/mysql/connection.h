#pragma once

#include <memory>

#include "engines/engine.h"
#include "engines/mysql/session.h"

namespace mydba::mysql {

/// Puts a session and the facets of its server together.
std::unique_ptr<Connection> makeConnection(std::unique_ptr<Session> session);

}  // namespace mydba::mysql
