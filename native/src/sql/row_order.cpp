#include "sql/row_order.h"

#include "sql/token_list.h"

namespace mydba::sql {

bool ordersRows(std::string_view statement, const Dialect& dialect) {
  const TokenList tokens(statement, dialect);
  for (std::size_t at = 0; at < tokens.size();) {
    if (tokens.isWord(at, "ORDER") && tokens.isWord(at + 1, "BY")) return true;
    // All of a statement may stand in parentheses; then its order stands in them too.
    at = tokens.isSymbol(at, '(') && at > 0 ? tokens.behind(at) : at + 1;
  }
  return false;
}

}  // namespace mydba::sql
