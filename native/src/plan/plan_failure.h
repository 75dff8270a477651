#pragma once

#include <string_view>

#include "base/error.h"
#include "sql/dialect.h"
#include "types.h"

namespace mydba::plan {

/// Why a statement has no plan, for lists that are shown and counted: what the server quotes of the
/// statement's texts and numbers is left out.
protocol::PlanFailure planFailure(const Error& error, std::string_view sql,
                                  const sql::Dialect& dialect);

}  // namespace mydba::plan
