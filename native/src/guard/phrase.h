#pragma once

#include <string>
#include <string_view>

#include "sql/dialect.h"

namespace mydba::guard {

/// What a person types to confirm a statement: the name of the object that it is about, so that it
/// is read; the connection's name when there is none that can be typed. One line.
std::string phrase(std::string_view statement, const sql::Dialect& dialect,
                   std::string_view connectionName);

}  // namespace mydba::guard
