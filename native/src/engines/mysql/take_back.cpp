#include "engines/mysql/take_back.h"

#include "base/embedded.h"

namespace mydba::mysql {
namespace {

Error refusal(std::string message) {
  return {.code = ErrorCode::refused, .message = std::move(message)};
}

}  // namespace

Result<void> canTakeBack(Session& session, const sql::Statement& statement,
                         const CancelToken& cancel) {
  const auto kind = statement.kind;
  if (!sql::changesRows(kind) && kind != sql::StatementKind::select)
    return refusal(session.server().flavour + " commits " + statement.kindName +
                   " by itself, and everything before it");
  std::string current;
  for (const sql::TableUse& use : statement.tables) {
    if (!use.written) continue;
    std::string database = use.table.schema;
    if (database.empty() && current.empty()) {
      auto answer = session.database(cancel);
      if (!answer) return answer.error();
      current = std::move(*answer);
    }
    if (database.empty()) database = current;
    const auto facts = session.query(embeddedSql("mysql", "rollback_facts"),
                                     {database, use.table.name, database, use.table.name}, cancel);
    if (!facts) return facts.error();
    if (facts->empty() || facts->front()[0] != "InnoDB")
      return refusal("only changes of InnoDB tables can be rolled back");
    if (facts->front()[1] != "0")
      return refusal("the table has triggers, whose changes may not be rolled back");
  }
  return {};
}

}  // namespace mydba::mysql
