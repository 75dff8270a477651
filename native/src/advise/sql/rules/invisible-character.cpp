#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

struct Sign {
  std::string_view bytes;
  std::string_view name;
  std::string_view instead;
};

constexpr Sign signs[] = {
    {"\u00A0", "a no-break space", " "},       {"\u200B", "a zero-width space", ""},
    {"\u200C", "a zero-width non-joiner", ""}, {"\u200D", "a zero-width joiner", ""},
    {"\u2060", "a word joiner", ""},           {"\uFEFF", "a byte order mark", ""},
    {"\u3000", "an ideographic space", " "},   {"\u2028", "a line separator", "\n"}};

void check(const Subject& subject, Report& report) {
  const auto& tokens = subject.tokens();
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (tokens[at].kind != sql::TokenKind::word) continue;
    const std::string_view word = tokens.text(at);
    for (const Sign& sign : signs) {
      const auto found = word.find(sign.bytes);
      if (found == word.npos) continue;
      const std::size_t start = tokens[at].start + found;
      const std::size_t end = start + sign.bytes.size();
      auto& seen = report.addBytes(start, end,
                                   "Here stands " + std::string(sign.name) +
                                       ", which nobody sees and which is a letter to "
                                       "the server");
      seen.fix = Fix{"Replace it", {{start, end, std::string(sign.instead)}}};
      break;
    }
  }
}

}  // namespace

extern const SqlRule invisibleCharacterRule;
const SqlRule invisibleCharacterRule{
    .id = "invisible-character", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
