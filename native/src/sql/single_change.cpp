// Takes one UPDATE or DELETE of one table apart, so that its rows can be counted by its own words.

#include "sql/single_change.h"

#include <utility>

#include "sql/names.h"
#include "sql/token_list.h"

namespace mydba::sql {
namespace {

class ChangeReader {
 public:
  explicit ChangeReader(const TokenList& tokens) : tokens_(tokens) {}

  std::optional<SingleChange> read(bool update) {
    ++at_;
    modifiers(update);
    if (!update && !takeWord("FROM")) return std::nullopt;  // DELETE t FROM …
    if (!target()) return std::nullopt;
    if (update && (!takeWord("SET") || !skipAssignments())) return std::nullopt;
    if (takeWord("WHERE") && !condition()) return std::nullopt;
    if (is("ORDER") || is("LIMIT")) change_.tail = clause();
    if (takeWord("RETURNING")) at_ = tokens_.size();
    return at_ == tokens_.size() ? std::optional(std::move(change_)) : std::nullopt;
  }

 private:
  bool is(std::string_view word) const { return tokens_.isWord(at_, word); }
  bool takeWord(std::string_view word) {
    if (!is(word)) return false;
    ++at_;
    return true;
  }

  void modifiers(bool update) {
    if (update && is("OR")) at_ += 2;  // UPDATE OR IGNORE of SQLite
    while (is("LOW_PRIORITY") || is("QUICK") || is("IGNORE")) ++at_;
  }

  bool endsClause() const {
    return is("SET") || is("WHERE") || is("ORDER") || is("LIMIT") || is("RETURNING") ||
           is("USING") || is("FROM");
  }

  /// [ONLY] name [*] [[AS] alias], and what servers add to it; no other table.
  bool target() {
    const std::size_t first = at_;
    takeWord("ONLY");
    const auto name = readName(tokens_, at_);
    if (!name) return false;
    for (std::size_t i = at_; i < name->next; ++i) change_.table.text += tokens_.text(i);
    change_.table.value = name->name.name;
    at_ = name->next;
    for (; at_ < tokens_.size() && !endsClause(); step())
      if (tokens_.isSymbol(at_, ',') || is("JOIN") || is("STRAIGHT_JOIN")) return false;
    change_.target = {tokens_[first].start, tokens_[at_ - 1].end};
    return true;
  }

  /// False when a FROM brings other tables; that of `IS DISTINCT FROM` is none.
  bool skipAssignments() {
    for (; at_ < tokens_.size() && !is("WHERE") && !is("ORDER") && !is("LIMIT") && !is("RETURNING");
         step())
      if (is("FROM") && !tokens_.isWord(at_ - 1, "DISTINCT")) return false;
    return true;
  }

  /// False for WHERE CURRENT OF.
  bool condition() {
    if (is("CURRENT") && tokens_.isWord(at_ + 1, "OF")) return false;
    change_.condition = clause();
    return !change_.condition.empty();
  }

  TextRange clause() {
    const std::size_t first = at_;
    if (is("ORDER") || is("LIMIT"))
      while (at_ < tokens_.size() && !is("RETURNING")) step();
    else
      while (at_ < tokens_.size() && !is("RETURNING") && !is("ORDER") && !is("LIMIT")) step();
    if (at_ == first) return {};
    return {tokens_[first].start, tokens_[at_ - 1].end};
  }

  void step() { at_ = tokens_.isSymbol(at_, '(') ? tokens_.behind(at_) : at_ + 1; }

  const TokenList& tokens_;
  std::size_t at_ = 0;
  SingleChange change_;
};

}  // namespace

std::optional<SingleChange> readSingleChange(std::string_view text, const Statement& statement,
                                             const Dialect& dialect) {
  const bool update = statement.kind == StatementKind::update;
  if (!update && statement.kind != StatementKind::remove) return std::nullopt;
  if (!statement.complete || statement.dependsOnMode || !statement.parameters.empty())
    return std::nullopt;
  const TokenList tokens(text, dialect);
  if (!tokens.isWord(0, update ? "UPDATE" : "DELETE") || tokens.conditionalWithin(0, tokens.size()))
    return std::nullopt;
  return ChangeReader(tokens).read(update);
}

}  // namespace mydba::sql
