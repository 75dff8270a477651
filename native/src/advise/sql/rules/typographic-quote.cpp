#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

constexpr std::string_view quotes[] = {"\u2018", "\u2019", "\u201C", "\u201D", "\uFF07", "\uFF02"};

void check(const Subject& subject, Report& report) {
  const auto& tokens = subject.tokens();
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (tokens[at].kind != sql::TokenKind::word) continue;
    const std::string_view word = tokens.text(at);
    for (const std::string_view quote : quotes)
      if (const auto found = word.find(quote); found != word.npos) {
        const std::size_t start = tokens[at].start + found;
        report.addBytes(start, start + quote.size(),
                        "A typographic quote is a letter to a server, not a quote: write ' for a "
                        "text");
        break;
      }
  }
}

}  // namespace

extern const SqlRule typographicQuoteRule;
const SqlRule typographicQuoteRule{
    .id = "typographic-quote", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
