#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mydba::privacy {

/// The words of a column's name in lower case and without accents: `userEMail_2` is user, e, mail,
/// 2; `Straße` is strasse. Words end at what is no letter, where a small letter meets a capital, at
/// the last capital of several (`IDNumber`), and between letters and digits. Letters outside of
/// Latin stay as they are.
std::vector<std::string> nameWords(std::string_view name);

}  // namespace mydba::privacy
