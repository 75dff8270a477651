#pragma once

// What a dialog says below the guard's question. Pure.

#include <string>
#include <string_view>

#include "types.h"

namespace mydba::guard {

/// Blocks of lines with a blank line between: what it does, why it is asked, how the statement
/// begins, and where it would run and on whose behalf. Every line is printable and at most 400
/// bytes.
std::string dialogText(const protocol::ConfirmParams& question, std::string_view connectionName);

}  // namespace mydba::guard
