#pragma once

#include <initializer_list>
#include <string_view>

#include "engines/mysql/session.h"

namespace mydba::mysql {

/// Runs a statement with each `?` bound to a value, and reads its whole result as text.
Result<Rows> queryPrepared(MYSQL* handle, std::string_view sql,
                           std::initializer_list<std::string_view> values);

}  // namespace mydba::mysql
