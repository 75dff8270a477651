#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "rag/library.h"

namespace mydba::cli {

/// Has the library search the files of a folder too; says on stderr which of them are not.
Result<void> addOwnDocuments(const std::string& folder, std::string_view command,
                             rag::Library& library);

}  // namespace mydba::cli
