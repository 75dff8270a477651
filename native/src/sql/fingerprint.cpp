#include "sql/fingerprint.h"

#include "sql/command_line.h"
#include "sql/fingerprint_writer.h"
#include "sql/hash.h"
#include "sql/keyword.h"
#include "sql/splitter.h"

namespace mydba::sql {
namespace {

/// The command, its sub-command if it has some, and one `?` for all arguments.
std::string commandFingerprint(std::string_view line) {
  const auto words = splitCommandLine(line);
  const std::size_t named = words ? commandNameLength(*words) : 0;
  std::string text;
  for (std::size_t i = 0; i < named; ++i) {
    if (i > 0) text += ' ';
    text += lowerCase((*words)[i]);
  }
  if (named == 0) return "?";
  if (words->size() > named) text += " ?";
  return text;
}

/// Files that were joined carry their byte order marks with them; `split` takes off the first.
std::string_view withoutMarks(std::string_view text) {
  for (;;) {
    if (text.starts_with(byteOrderMark))
      text.remove_prefix(byteOrderMark.size());
    else if (!text.empty() && std::string_view(" \t\r\n\f\v").find(text[0]) != text.npos)
      text.remove_prefix(1);
    else
      return text;
  }
}

}  // namespace

std::string Fingerprint::hashText() const {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out(16, '0');
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = digits[(hash >> (60 - 4 * i)) & 15];
  return out;
}

Fingerprint fingerprint(std::string_view statement, const Dialect& dialect) {
  const auto written = [&dialect](std::string_view text) {
    text = withoutMarks(text);
    return dialect.lineCommands ? commandFingerprint(text)
                                : FingerprintWriter(text, dialect).write();
  };
  Fingerprint result;
  result.text = written(statement);
  // A comment stood in front of the mark; now that it is gone, one more time takes all of them off.
  while (result.text.starts_with(byteOrderMark)) result.text = written(std::string(result.text));
  result.hash = hash64(result.text);
  return result;
}

}  // namespace mydba::sql
