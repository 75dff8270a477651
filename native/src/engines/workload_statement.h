#pragma once

#include <span>
#include <string_view>

#include "sql/dialect.h"

namespace mydba {

/// True when a statement of a server's statistics can be planned, and reads or changes tables, none
/// of them of `systemSchemas` (lower case). What names such a one is of this program or of other
/// tools; what names none has no plan worth a look, unless the text is `cut` before it does.
bool isWorkload(std::string_view sql, const sql::Dialect& dialect,
                std::span<const std::string_view> systemSchemas, bool cut = false);

}  // namespace mydba
