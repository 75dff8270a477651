#pragma once

#include <string>

#include "types.h"

namespace mydba::mysql {

/// An account as CURRENT_USER() names it, `ann@%`, as GRANT wants it.
std::string accountOf(const protocol::ServerInfo& server);

}  // namespace mydba::mysql
