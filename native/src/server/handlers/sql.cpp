#include "dispatch.h"
#include "sql/facts.h"
#include "sql/splitter.h"
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
  sql::Utf16Cursor cursor(text);
  for (const auto& range : sql::split(text, *dialect)) {
    const auto statement = text.substr(range.start, range.end - range.start);
    // In braces, evaluation goes left to right, so that the cursor only moves forwards.
    result.statements.push_back(
        protocol::StatementRange{.start = cursor.at(range.start),
                                 .end = cursor.at(range.end),
                                 .explainable = sql::readFacts(statement, *dialect).explainable});
  }
  return result;
}

}  // namespace mydba::server::handlers
