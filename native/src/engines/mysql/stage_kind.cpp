#include "engines/mysql/stage_kind.h"

#include "sql/keyword.h"

namespace mydba::mysql {

protocol::ProfileStageKind stageKind(std::string_view name) {
  using enum protocol::ProfileStageKind;
  const auto slash = name.rfind('/');
  const std::string_view last = slash == std::string_view::npos ? name : name.substr(slash + 1);
  for (const std::string_view word : {"OPTIMIZING", "STATISTICS", "PREPARING"})
    if (sql::isKeyword(last, word)) return planning;
  for (const std::string_view word : {"SYSTEM LOCK", "TABLE LOCK", "USER LOCK"})
    if (sql::isKeyword(last, word)) return lock;
  if (sql::isKeyword(last, "USER SLEEP")) return wait;
  const bool waits = last.starts_with("Waiting ") || last.starts_with("waiting ");
  if (!waits) return stage;
  return last.find(" lock") == std::string_view::npos ? wait : lock;
}

}  // namespace mydba::mysql
