#pragma once

#include <span>
#include <string_view>

#include "engines/mysql/session.h"

namespace mydba::mysql {

/// Runs a statement with each `?` bound to a value, and reads its whole result as text.
Result<Rows> queryPrepared(MYSQL* handle, std::string_view sql,
                           std::span<const std::string_view> values);

}  // namespace mydba::mysql
