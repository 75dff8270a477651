#pragma once

#include "engines/mysql/plan_json.h"

namespace mydba::mysql {

/// MariaDB puts texts into the JSON of its plans and traces as they are: `"` and `\` of literals
/// and line breaks of ranges unescaped, bytes of binary ones as bytes (seen in 10.11 and 11.8;
/// Json_writer::add_str of sql/my_json_writer.cc). Parses such a document like a proper one. Relies
/// on the server's own layout, a member or an element a line, or a list of texts.
Result<PlanJson> parseUnescaped(std::string_view text, std::string_view what = "plan");

}  // namespace mydba::mysql
