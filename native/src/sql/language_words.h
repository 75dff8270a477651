#pragma once

#include <string_view>

namespace mydba::sql {

/// True when an unquoted `word`, in any case, belongs to the language of some dialect and needs no
/// other name where names are replaced. Not complete: what is missing is taken for a name.
bool isLanguageWord(std::string_view word);

}  // namespace mydba::sql
