#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mydba::ai::intent {

/// The word itself, then what it may be a form of: plurals, -ing and -ed undone. Guesses: some are
/// no words. `word` in lower case; only ASCII endings are undone.
std::vector<std::string> baseForms(std::string_view word);

/// The word of which `word` is the plural, or `word`.
std::string singular(std::string_view word);

/// One letter is missing, too many or another one, or two neighbours have changed places; the
/// first letter is the same. Words of less than five bytes or more than 40 never are, nor words
/// with other letters than ASCII, where a letter makes another word (Japanese) or another name.
bool oneSlipApart(std::string_view a, std::string_view b);

}  // namespace mydba::ai::intent
