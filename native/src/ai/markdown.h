#pragma once

// Markdown from hostile text. Names, values and messages of a database go through `escaped` or
// `codeBlock`; then they appear as what they are: no link, no image, no HTML, no heading. The rules
// are CommonMark's (https://spec.commonmark.org/0.31.2/#backslash-escapes) and GitHub's extended
// autolinks, which need an unescaped `:`, `.` or `@`.

#include <string>
#include <string_view>

namespace mydba::ai {

/// Text for a line or a table cell: every ASCII punctuation escaped, line breaks and control
/// characters as spaces, wrapped in a bidi isolate when it could reorder its surroundings, cut
/// after `limit` bytes (at a character) with an ellipsis.
std::string escaped(std::string_view text, std::size_t limit = 200);

/// A fenced block whose fence is longer than any run of backticks in the text; cut after `limit`.
std::string codeBlock(std::string_view language, std::string_view text, std::size_t limit = 20000);

}  // namespace mydba::ai
