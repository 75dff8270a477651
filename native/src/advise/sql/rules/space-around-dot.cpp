#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  const auto& tokens = subject.tokens();
  for (std::size_t at = 1; at + 1 < tokens.size(); ++at) {
    if (!tokens.isSymbol(at, '.') || !tokens.isName(at - 1) || !tokens.isName(at + 1)) continue;
    if (tokens.touchesPrevious(at) && tokens.touchesPrevious(at + 1)) continue;
    auto& seen = report.addToken(at, "A name in two parts is written without blanks");
    seen.fix = Fix{"Remove the blanks", {{tokens[at - 1].end, tokens[at + 1].start, "."}}};
  }
}

}  // namespace

extern const SqlRule spaceAroundDotRule;
const SqlRule spaceAroundDotRule{
    .id = "space-around-dot", .severity = Severity::info, .onRequest = true, .check = check};

}  // namespace mydba::advise
