#include "advise/sql/rule.h"
#include "sql/word_sets.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  const auto isReserved = [&](std::size_t token) {
    const auto& tokens = subject.tokens();
    return tokens[token].kind == sql::TokenKind::quotedName &&
           sql::reservedWords.contains(sql::findKeyword(tokens.value(token)));
  };
  for (const auto& column : subject.outline().columns())
    if (isReserved(column.name))
      report.addToken(column.name,
                      "The name is a reserved word, which must be quoted in every "
                      "statement: choose another one");
  const Range table = subject.outline().createdTable();
  if (table.size() > 0 && isReserved(sql::lastToken(table)))
    report.addToken(sql::lastToken(table),
                    "The name is a reserved word, which must be quoted in "
                    "every statement: choose another one");
}

}  // namespace

extern const SqlRule reservedWordNameRule;
const SqlRule reservedWordNameRule{
    .id = "reserved-word-name", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
