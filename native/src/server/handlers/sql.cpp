#include "dispatch.h"
#include "sql/facts.h"
#include "sql/splitter.h"
#include "sql/statement_at.h"
#include "sql/text_position.h"

namespace mydba::server::handlers {

Result<protocol::SplitResult> sqlSplit(Call&, const protocol::SplitParams& params) {
  const sql::Dialect* dialect =
      params.dialect ? sql::findDialect(*params.dialect) : &sql::genericDialect();
  if (!dialect)
    return Error{.code = ErrorCode::invalidParams,
                 .message = "unknown dialect \"" + params.dialect->substr(0, 40) + "\""};
  protocol::SplitResult result;
  const std::string_view text = params.text;
  sql::Utf16Cursor units(text);
  const auto ranges = sql::split(text, *dialect);
  for (const auto& range : ranges) {
    const auto statement = text.substr(range.start, range.end - range.start);
    // In braces, evaluation goes left to right, so that `units` only moves forwards.
    result.statements.push_back(
        protocol::StatementRange{.start = units.at(range.start),
                                 .end = units.at(range.end),
                                 .explainable = sql::readFacts(statement, *dialect).explainable});
  }
  if (!params.cursor) return result;
  if (const auto at = sql::statementAt(text, ranges, sql::byteAt(text, *params.cursor)))
    result.current = static_cast<std::int64_t>(*at);
  return result;
}

}  // namespace mydba::server::handlers
