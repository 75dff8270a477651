#include "sql/alteration.h"

#include <algorithm>
#include <array>
#include <utility>

#include "sql/keyword.h"
#include "sql/names.h"
#include "sql/token_list.h"

namespace mydba::sql {
namespace {

/// The token that starts at byte `position`; the list's size when there is none.
std::size_t tokenAt(const TokenList& tokens, std::size_t position) {
  std::size_t low = 0;
  std::size_t high = tokens.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (tokens[middle].start < position)
      low = middle + 1;
    else
      high = middle;
  }
  return low < tokens.size() && tokens[low].start == position ? low : tokens.size();
}

struct TakenName {
  WrittenName name;
  std::size_t next = 0;
};

/// The name at `at`; empty when there is none.
TakenName takeName(const TokenList& tokens, std::size_t at) {
  const auto read = readName(tokens, at);
  if (!read) return {.next = at};
  TakenName taken{.name = {.value = read->name.name}, .next = read->next};
  for (std::size_t i = at; i + 1 < read->next; ++i) taken.name.qualifier += tokens.text(i);
  taken.name.text = taken.name.qualifier + std::string(tokens.text(read->next - 1));
  return taken;
}

/// Reads one action of ALTER from `begin` to before `end`.
class AlterationReader {
 public:
  AlterationReader(const TokenList& tokens, std::size_t begin, std::size_t end)
      : tokens_(tokens), at_(begin), end_(end) {
    action_.range = {tokens[begin].start, tokens[end - 1].end};
  }

  Alteration read() {
    if (take("ADD"))
      add();
    else if (take("DROP"))
      drop();
    else if (take("ALTER"))
      alterColumn();
    else if (take("MODIFY"))
      column("modify_column");
    else if (take("CHANGE"))
      change();
    else if (take("RENAME"))
      rename();
    else
      other();
    details();
    return std::move(action_);
  }

 private:
  bool is(std::string_view word) const { return at_ < end_ && tokens_.isWord(at_, word); }
  bool take(std::string_view word) {
    if (!is(word)) return false;
    ++at_;
    return true;
  }
  void exists() {
    if (!is("IF")) return;
    action_.ifExists = true;
    at_ += tokens_.isWord(at_ + 1, "NOT") ? 3 : 2;
  }
  WrittenName name() {
    if (at_ >= end_) return {};
    TakenName taken = takeName(tokens_, at_);
    at_ = taken.next;
    return std::move(taken.name);
  }

  void add() {
    if (take("CONSTRAINT")) {
      exists();
      if (!startsConstraint()) action_.name = name();
    }
    if (constraint()) return;
    if (take("PARTITION")) {
      action_.operation = "add_partition";
      return;
    }
    column("add_column");
  }

  bool startsConstraint() const {
    return is("PRIMARY") || is("UNIQUE") || is("FOREIGN") || is("CHECK") || is("EXCLUDE");
  }

  /// What makes a key or constraint behind ADD [CONSTRAINT name].
  bool constraint() {
    struct Word {
      std::string_view word;
      std::string_view operation;
    };
    static constexpr std::array words = {
        Word{"PRIMARY", "add_primary_key"}, Word{"UNIQUE", "add_unique"},
        Word{"FOREIGN", "add_foreign_key"}, Word{"CHECK", "add_check"},
        Word{"EXCLUDE", "add_exclude"},     Word{"FULLTEXT", "add_fulltext"},
        Word{"SPATIAL", "add_spatial"},     Word{"INDEX", "add_index"},
        Word{"KEY", "add_index"},           Word{"NOT", "add_not_null"},
    };
    const auto found =
        std::find_if(words.begin(), words.end(), [&](const Word& w) { return is(w.word); });
    if (found == words.end()) return false;
    action_.operation = found->operation;
    ++at_;
    if (is("KEY") || is("INDEX")) ++at_;
    exists();
    const bool named = found->word != "CHECK" && found->word != "NOT" && !is("USING");
    if (named && action_.name.empty() && tokens_.isName(at_)) action_.name = name();
    return true;
  }

  void drop() {
    struct Words {
      std::string_view first, second, operation;
    };
    static constexpr std::array words = {
        Words{"CONSTRAINT", "", "drop_constraint"},
        Words{"PRIMARY", "KEY", "drop_primary_key"},
        Words{"FOREIGN", "KEY", "drop_foreign_key"},
        Words{"INDEX", "", "drop_index"},
        Words{"KEY", "", "drop_index"},
        Words{"CHECK", "", "drop_check"},
        Words{"PARTITION", "", "drop_partition"},
    };
    for (const Words& candidate : words) {
      if (!is(candidate.first)) continue;
      if (!candidate.second.empty() && !tokens_.isWord(at_ + 1, candidate.second)) continue;
      action_.operation = candidate.operation;
      at_ += candidate.second.empty() ? 1 : 2;
      exists();
      action_.name = name();
      return;
    }
    column("drop_column");
  }

  void column(std::string_view operation) {
    action_.operation = operation;
    take("COLUMN");
    exists();
    action_.name = name();
  }

  void change() {
    column("change_column");
    action_.newName = name();
  }

  void alterColumn() {
    if (is("INDEX") || is("CONSTRAINT") || is("CHECK")) {
      action_.operation = "alter_" + tokens_.lower(at_++);
      action_.name = name();
      return;
    }
    column("alter_column");
    if (take("TYPE")) return type();
    const bool set = take("SET");
    if (!set && !take("DROP")) return;
    if (set && is("DATA")) {
      at_ += 2;
      return type();
    }
    const std::string verb = set ? "set_" : "drop_";
    if (take("DEFAULT")) {
      action_.operation = verb + "default";
      if (set) action_.expression = {tokens_[at_].start, tokens_[end_ - 1].end};
    } else if (is("NOT")) {
      action_.operation = verb + "not_null";
    } else {
      action_.operation = verb + "column_" + tokens_.lower(at_);
    }
  }

  void type() {
    action_.operation = "set_type";
    std::size_t last = at_;
    while (last < end_ && !tokens_.isWord(last, "USING") && !tokens_.isWord(last, "COLLATE"))
      last = tokens_.isSymbol(last, '(') ? tokens_.behind(last) : last + 1;
    if (last > at_)
      action_.newName.text = tokens_.text().substr(
          tokens_[at_].start, tokens_[std::min(last, end_) - 1].end - tokens_[at_].start);
  }

  void rename() {
    action_.operation = "rename_column";
    if (take("TO") || take("AS")) {
      action_.operation = "rename_to";
      action_.newName = name();
      return;
    }
    if (take("INDEX") || take("KEY"))
      action_.operation = "rename_index";
    else if (take("CONSTRAINT"))
      action_.operation = "rename_constraint";
    else
      take("COLUMN");
    exists();
    action_.name = name();
    if (take("TO")) {
      action_.newName = name();
    } else {  // ALTER TABLE t RENAME new
      action_.operation = "rename_to";
      action_.newName = std::exchange(action_.name, {});
    }
  }

  void other() {
    action_.operation = tokens_.lower(at_++);
    if (at_ < end_ && tokens_[at_].kind == TokenKind::word)
      action_.operation += "_" + tokens_.lower(at_++);
    if (action_.operation == "set_schema") {
      action_.newName = name();
      return;
    }
    if (tokens_.isSymbol(at_, '=')) ++at_;
    exists();
    if (at_ < end_ && tokens_.isName(at_)) action_.name = name();
  }

  /// Words that change what the server must do, wherever they stand.
  void details() {
    for (; at_ < end_; ++at_) {
      if (tokens_.isSymbol(at_, '(')) {
        at_ = std::min(tokens_.partner(at_), end_);
        continue;
      }
      detail();
    }
  }

  void detail() {
    const bool column = action_.operation.ends_with("_column");
    if (is("NOT")) {
      if (tokens_.isWord(at_ + 1, "NULL")) action_.notNull = true;
      if (tokens_.isWord(at_ + 1, "VALID")) action_.notValid = true;
    }
    if (is("UNIQUE") || is("PRIMARY")) action_.unique = true;
    if (is("PRIMARY")) action_.notNull = true;
    if (is("GENERATED") || is("AUTO_INCREMENT") || is("AUTOINCREMENT") || is("SERIAL") ||
        is("BIGSERIAL") || is("SMALLSERIAL") || (is("AS") && tokens_.isSymbol(at_ + 1, '(')))
      action_.generated = true;
    if (is("STORED") || is("PERSISTENT")) action_.stored = true;
    if (is("REFERENCES")) action_.references = true;
    if (is("CHECK")) action_.check = true;
    if (is("USING") && tokens_.isWord(at_ + 1, "INDEX")) action_.usingIndex = true;
    if (is("FIRST") || is("AFTER")) action_.positioned = true;
    if (is("CONCURRENTLY")) action_.concurrently = true;
    if (is("DEFAULT") && column && action_.expression.empty()) expression();
  }

  /// Behind DEFAULT, as far as no other clause of the column begins.
  void expression() {
    static constexpr std::array clauses = {
        "NOT",        "NULL",    "CHECK", "CONSTRAINT", "UNIQUE", "PRIMARY",  "COMMENT",
        "REFERENCES", "COLLATE", "FIRST", "AFTER",      "ON",     "GENERATED"};
    const std::size_t first = at_ + 1;
    std::size_t last = first;
    while (last < end_) {
      const bool clause = last > first && std::any_of(clauses.begin(), clauses.end(), [&](auto w) {
                            return tokens_.isWord(last, w);
                          });
      if (clause) break;
      last = tokens_.isSymbol(last, '(') ? tokens_.behind(last) : last + 1;
    }
    if (last > first && first < end_)
      action_.expression = {tokens_[first].start, tokens_[std::min(last, end_) - 1].end};
    at_ = std::min(last, end_) - 1;
  }

  const TokenList& tokens_;
  std::size_t at_;
  std::size_t end_;
  Alteration action_;
};

/// The actions behind the names of ALTER, with commas between.
std::vector<Alteration> readActions(const TokenList& tokens, std::size_t at) {
  std::vector<Alteration> actions;
  if (tokens.isSymbol(at, '*')) ++at;
  std::size_t begin = at;
  for (; begin < tokens.size() && at <= tokens.size(); ++at) {
    if (tokens.isSymbol(at, '(')) {
      at = std::min(tokens.partner(at), tokens.size());
      continue;
    }
    if (at < tokens.size() && !tokens.isSymbol(at, ',')) continue;
    if (at > begin) actions.push_back(AlterationReader(tokens, begin, at).read());
    begin = at + 1;
  }
  return actions;
}

}  // namespace

WrittenName writtenName(std::string_view text, std::size_t position, const Dialect& dialect) {
  const TokenList tokens(text.substr(std::min(position, text.size())), dialect);
  return takeName(tokens, 0).name;
}

WrittenName nameBehind(std::string_view text, std::initializer_list<std::string_view> upper,
                       const Dialect& dialect) {
  const TokenList tokens(text, dialect);
  std::size_t at = 0;
  const auto known = [&](std::string_view word) { return tokens.isWord(at, word); };
  while (tokens.isSymbol(at, '(') || std::any_of(upper.begin(), upper.end(), known))
    at = tokens.isSymbol(at, '(') ? tokens.behind(at) : at + 1;
  return takeName(tokens, at).name;
}

WrittenDefinition readWrittenDefinition(std::string_view text, const Statement& statement,
                                        const Dialect& dialect) {
  WrittenDefinition written;
  if (!statement.definition) return written;
  const TokenList tokens(text, dialect);
  std::size_t next = 0;
  for (const ObjectName& object : statement.definition->objects) {
    TakenName taken = takeName(tokens, tokenAt(tokens, object.position));
    next = taken.next;
    written.objects.push_back(std::move(taken.name));
  }
  for (const TableUse& use : statement.tables) {
    const auto& objects = statement.definition->objects;
    const bool own = std::find(objects.begin(), objects.end(), use.table) != objects.end();
    if (own || !use.written || !written.table.empty()) continue;
    TakenName taken = takeName(tokens, tokenAt(tokens, use.table.position));
    written.table = std::move(taken.name);
    if (tokens.isWord(taken.next, "USING")) written.indexType = tokens.lower(taken.next + 1);
  }
  if (tokens.isSymbol(next, '(') && tokens.partner(next) < tokens.size())
    written.arguments = {tokens[next].start, tokens[tokens.partner(next)].end};
  for (std::size_t i = 1; i < 4; ++i) {
    if (tokens.isWord(i, "UNIQUE")) written.unique = true;
    if (tokens.isWord(i, "FULLTEXT") || tokens.isWord(i, "SPATIAL"))
      written.indexType = tokens.lower(i);
  }
  if (statement.kind == StatementKind::alter) written.actions = readActions(tokens, next);
  return written;
}

std::vector<std::string_view> readMembers(std::string_view text, const Dialect& dialect) {
  const TokenList tokens(text, dialect);
  std::vector<std::string_view> members;
  std::size_t open = 0;
  while (open < tokens.size() && !tokens.isSymbol(open, '(')) ++open;
  if (open >= tokens.size() || tokens.partner(open) >= tokens.size()) return members;
  std::size_t start = tokens[open].end;
  for (std::size_t at = open + 1; at <= tokens.partner(open); ++at) {
    if (tokens.isSymbol(at, '(')) {
      at = tokens.partner(at);
      continue;
    }
    if (at < tokens.partner(open) && !tokens.isSymbol(at, ',')) continue;
    std::string_view member = text.substr(start, tokens[at].start - start);
    const auto first = member.find_first_not_of(" \t\r\n");
    if (first != member.npos)
      members.push_back(member.substr(first, member.find_last_not_of(" \t\r\n") + 1 - first));
    start = tokens[at].end;
  }
  return members;
}

std::vector<std::string> namesIn(std::string_view expression, const Dialect& dialect) {
  const TokenList tokens(expression, dialect);
  std::vector<std::string> names;
  for (std::size_t at = 0; at < tokens.size(); ++at)
    if (tokens.isName(at)) names.push_back(lowerCase(tokens.value(at)));
  return names;
}

}  // namespace mydba::sql
