#pragma once

#include <string>
#include <string_view>

namespace mydba::mysql {

/// MariaDB puts texts into the JSON of its plans as they are: `"` and `\` of a condition's literals
/// unescaped, bytes of binary ones as bytes (seen in 10.11 and 11.8; Json_writer::add_str of
/// sql/my_json_writer.cc). Gives the same document with every text escaped. Relies on the server's
/// own layout, a member a line and no line break in a text, which SQL escapes as `\n`.
std::string escapedTexts(std::string_view plan);

}  // namespace mydba::mysql
