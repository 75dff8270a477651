#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

/// Two words that begin a statement and stand nowhere inside of one.
bool begins(const sql::TokenList& tokens, std::size_t at) {
  const Keyword next = tokens.keyword(at + 1);
  switch (tokens.keyword(at)) {
    case Keyword::insert: return next == Keyword::into;
    case Keyword::delete_: return next == Keyword::from;
    case Keyword::drop:
    case Keyword::create:
    case Keyword::alter: return next == Keyword::table;
    case Keyword::update: return tokens.isName(at + 1) && tokens.is(at + 2, Keyword::set);
    default: return false;
  }
}

bool breaksLine(std::string_view between) { return between.find('\n') != between.npos; }

void check(const Subject& subject, Report& report) {
  using sql::StatementKind;
  const StatementKind kind = subject.facts().kind;
  if (kind != StatementKind::select && kind != StatementKind::insert &&
      kind != StatementKind::update && kind != StatementKind::remove)
    return;
  const auto& tokens = subject.tokens();
  if (tokens.is(0, Keyword::with)) return;
  for (std::size_t at = 1; at < tokens.size(); ++at) {
    if (tokens.isSymbol(at, '(')) at = tokens.partner(at);
    if (at >= tokens.size() || !begins(tokens, at)) continue;
    const std::size_t end = tokens[at - 1].end;
    const Keyword before = tokens.keyword(at - 1);
    if (before == Keyword::do_ || before == Keyword::key || before == Keyword::then) continue;
    if (breaksLine(subject.text().substr(end, tokens[at].start - end))) {
      report.addToken(at, "Another statement begins here: a semicolon is missing before it");
      return;
    }
  }
}

}  // namespace

extern const SqlRule missingSemicolonRule;
const SqlRule missingSemicolonRule{
    .id = "missing-semicolon", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
