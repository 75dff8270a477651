#pragma once

#include <string>
#include <string_view>

namespace mydba {

/// Appends `text` (UTF-8) with its letters in lower case, for comparing without case. Latin, Greek
/// and Cyrillic letters are folded (simple folding of Unicode's CaseFolding.txt below U+0480, where
/// it keeps the length); everything else stays as it is.
void appendFolded(std::string& out, std::string_view text);

}  // namespace mydba
