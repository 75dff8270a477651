#include "engines/sqlite/scan_facts.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "plan/step_tables.h"
#include "sql/keyword.h"
#include "sql/statement.h"
#include "sql/token_list.h"

namespace mydba::sqlite {
namespace {

using protocol::PlanNode;
using protocol::PlanRole;

const sql::Dialect& dialect() { return *sql::findDialect("sqlite"); }

/// The condition of a statement that reads one table, once.
struct SingleTable {
  std::string table;
  std::string where;  ///< empty when it has LIKE, or there is none
  bool like = false;  ///< it tests the beginning of a text with LIKE
};

/// `LIKE 'abc%'`, not `LIKE '%abc'`.
bool testsBeginning(const sql::TokenList& tokens, std::size_t like) {
  if (tokens[like + 1].kind != sql::TokenKind::string) return true;  // a parameter, perhaps
  const std::string pattern = tokens.value(like + 1);
  return !pattern.empty() && pattern[0] != '%' && pattern[0] != '_';
}

std::optional<SingleTable> singleTable(std::string_view text) {
  const auto statement = sql::readStatement(text, dialect());
  const sql::TokenList tokens(text, dialect());
  if (!statement.complete || statement.tables.size() != 1 || tokens.isWord(0, "WITH"))
    return std::nullopt;
  static constexpr std::array ends = {"GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "RETURNING"};
  SingleTable single{.table = statement.tables[0].table.name, .where = {}};
  std::size_t begin = 0, end = 0;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (tokens.isWord(at, "SELECT") && at > 0) return std::nullopt;
    if (tokens.isSymbol(at, '(')) {
      const std::size_t close = tokens.partner(at);
      for (std::size_t inner = at; inner < std::min(close, tokens.size()); ++inner)
        if (tokens.isWord(inner, "SELECT")) return std::nullopt;
      at = close;
      continue;
    }
    if (begin == 0 && tokens.isWord(at, "WHERE")) begin = at + 1;
    if (begin > 0 && end == 0 &&
        (tokens.isSymbol(at, ';') || std::any_of(ends.begin(), ends.end(), [&](const char* word) {
           return tokens.isWord(at, word);
         })))
      end = at;
  }
  if (begin == 0) return single;
  if (end == 0) end = tokens.size();
  if (begin >= end) return single;
  bool hasLike = false;
  for (std::size_t at = begin; at < end; ++at)
    if (tokens.isWord(at, "LIKE")) {
      hasLike = true;
      single.like = single.like || testsBeginning(tokens, at);
    }
  if (!hasLike)
    single.where = text.substr(tokens[begin].start, tokens[end - 1].end - tokens[begin].start);
  return single;
}

class Teller {
 public:
  explicit Teller(protocol::PlanTree& tree) : tree_(tree), single_(singleTable(tree.sql)) {}

  /// `once`: nothing above makes it run again for other rows.
  void visit(PlanNode& node, bool once) {
    const bool again = node.role == PlanRole::inner || node.role == PlanRole::subplan;
    once = once && !again;
    if (node.operation == "SCAN" && node.relation && once) tell(node);
    for (PlanNode& child : node.children) visit(child, once);
  }

 private:
  void tell(PlanNode& node) {
    if (!tree_.relations) return;
    const std::string name = sql::lowerCase(*node.relation);
    const auto* relation = plan::relationRead(tree_, node);
    if (!relation) return;
    if (!node.estimatedRead) node.estimatedRead = relation->rows;
    if (!single_ || sql::lowerCase(single_->table) != name) return;
    if (!single_->where.empty() && !node.filter) node.filter = single_->where;
    if (!single_->like) return;
    const std::string notice =
        "LIKE does not tell upper from lower case here, so an index serves it only when its column "
        "has COLLATE NOCASE; GLOB does, and uses any index of the column (PRAGMA "
        "case_sensitive_like changes that for a connection).";
    if (!tree_.notices) tree_.notices.emplace();
    tree_.notices->push_back(notice);
  }

  protocol::PlanTree& tree_;
  std::optional<SingleTable> single_;
};

}  // namespace

void addScanFacts(protocol::PlanTree& tree) { Teller(tree).visit(tree.root, true); }

}  // namespace mydba::sqlite
