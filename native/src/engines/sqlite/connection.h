#pragma once

#include <memory>

#include "engines/engine.h"
#include "engines/sqlite/session.h"

namespace mydba::sqlite {

std::unique_ptr<Connection> makeConnection(std::unique_ptr<Session> session);

}  // namespace mydba::sqlite
