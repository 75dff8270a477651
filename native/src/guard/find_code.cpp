#include "guard/examine.h"
#include "sql/keyword.h"
#include "sql/lexer.h"
#include "sql/splitter.h"

namespace mydba::guard {
namespace {

using Origin = sql::CarriedCode::Origin;

/// Deeper nesting of PREPARE … FROM 'PREPARE …' is not followed but confirmed.
constexpr int deepest = 4;

constexpr std::string_view destroyers[] = {"DELETE", "DROP", "TRUNCATE", "ALTER"};

/// A block of procedural code is not read statement by statement: its words tell what it can do.
void findBlock(const Subject& subject, const sql::CarriedCode& code, Findings& out) {
  sql::Lexer lexer(code.text, subject.dialect);
  for (auto token = lexer.next(); token.kind != sql::TokenKind::end; token = lexer.next()) {
    if (token.kind != sql::TokenKind::word) continue;
    const std::string_view word = lexer.textOf(token);
    if (sql::isKeyword(word, "EXECUTE")) out.add("runs-text", "EXECUTE", code.position);
    for (const std::string_view destroyer : destroyers)
      if (sql::isKeyword(word, destroyer))
        return out.add("do-destroys", std::string(destroyer), code.position);
  }
}

/// What the text would do on its own; all of it stands at the text's position.
void findPrepared(const Subject& subject, const sql::CarriedCode& code, int depth, Findings& out) {
  if (code.text.empty() || depth >= deepest) return out.add("prepared", {}, code.position);
  for (const auto& range : sql::split(code.text, subject.dialect)) {
    const std::string_view text =
        std::string_view(code.text).substr(range.start, range.end - range.start);
    const auto statement = sql::readStatement(text, subject.dialect);
    for (const auto& inner : statement.code)
      if (inner.origin == Origin::prepared) findPrepared(subject, inner, depth + 1, out);
    auto flat = statement;
    flat.code.clear();
    for (auto& finding : examine(text, flat, subject.dialect, subject.policy))
      out.add(*finding.check, std::move(finding.detail), code.position);
  }
}

}  // namespace

void findCode(const Subject& subject, Findings& out) {
  // IF, LOOP and WHILE stand on their own in MariaDB.
  if (subject.statement.kind == sql::StatementKind::unknown && subject.dialect.anonymousBlocks)
    findBlock(subject, {.origin = Origin::block, .text = std::string(subject.text)}, out);
  for (const auto& code : subject.statement.code) {
    if (code.origin == Origin::prepared) findPrepared(subject, code, 0, out);
    if (code.origin == Origin::block) findBlock(subject, code, out);
  }
}

}  // namespace mydba::guard
