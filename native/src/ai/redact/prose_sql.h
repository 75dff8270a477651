#pragma once

#include <cstddef>
#include <string_view>

#include "sql/dialect.h"

namespace mydba::ai {

/// Bytes of the statement that `text` starts with, comments before it included, up to its `;` or a
/// blank line; 0 when it starts with none. `select the best index` is prose, `select id from t` is
/// SQL: it goes by what follows the verb. In doubt it is SQL, whose comments and values are then
/// taken out.
std::size_t sqlLength(std::string_view text, const sql::Dialect& dialect);

}  // namespace mydba::ai
