#pragma once

// What the commands `sql …` share: text from a file or stdin, or a JSON object a line.

#include <functional>
#include <span>
#include <string>

#include "cli/command.h"
#include "cli/flags.h"
#include "cli/json_lines.h"

namespace mydba::cli {

struct SqlCommand {
  const char* name;
  /// The answer's fields, of a text in UTF-8.
  std::function<rpc::Json(const SqlLine&, const ParsedArguments&)> answer;
  /// The same for people, on stdout.
  std::function<void(const SqlLine&, const rpc::Json&)> print;
  std::span<const Flag> flags = {};  ///< beside --dialect, --jsonl and --json
};

/// Writes SQL to stdout. Line ends are the text's own; other control characters must not reach a
/// terminal.
void printLines(const std::string& sql);

Exit runSqlCommand(const SqlCommand& command, Arguments arguments);

}  // namespace mydba::cli
